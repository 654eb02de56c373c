/** What a mail says, before it has a look. */
export type Letter = {
  subject: string;
  heading: string;
  /** The number that the mail is about, and what it is a number of. */
  figure?: { value: string; words: string; tone: "book" | "hold" | "danger" };
  paragraphs: string[];
  /** Ruled lines, a sum under them where there is one. */
  rows?: { label: string; value: string }[];
  total?: { label: string; value: string };
  /** What somebody else wrote, in their own words. */
  quote?: string;
  action?: { label: string; href: string };
  /** Why it came, and what to do when it came by mistake. */
  note: string;
};

/** Addresses of our own pages, which only the sender knows whole. */
export type At = (path: string) => string;
