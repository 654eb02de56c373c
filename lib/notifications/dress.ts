/** Under this name the logo lies beside the letter. */
export const LOGO_CID = "logo@brand";

/** A colour, and what can be read on it. */
export type Worn = { colour: string; text: string };

/** What a mail wears that goes out in an account's name. Where no colour was chosen it is the house's, by day and by night. */
export type Dress = {
  name: string;
  accent: Worn | null;
  ground: Worn | null;
  hasLogo: boolean;
  /** Without a word of who carries it. */
  isWhiteLabel: boolean;
};
