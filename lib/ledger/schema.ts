import type { Id } from "@/lib/ids";
import type { AccountPot, HousePot, LotKind } from "@/lib/pots";

/** A lot that comes into being with what a leg brings. The price is in micros, for all of it. */
export type NewLot = {
  kind: LotKind;
  price?: number;
  priority?: number;
  /** What it may be spent on; anything where this is left out. */
  uses?: readonly string[];
  expiresAt?: Date;
};

/** What one transfer puts into a pot, or takes out of it. What comes into a pot of lots says in which. */
export type Leg =
  | { pot: HousePot; amount: number }
  | {
      account: Id<"account">;
      pot: AccountPot;
      amount: number;
      lot?: NewLot;
      /** The transfer whose lots get this back. */
      back?: Id<"transfer">;
      /** From these lots and no others, whatever would be used up first. */
      lots?: readonly { id: Id<"lot">; amount: number }[];
    };

export type Posting = {
  /** What makes it happen. The same cause moves nothing a second time. */
  cause: string;
  kind: string;
  legs: readonly Leg[];
  /** Spending: refused where the pot is frozen, and taken from lots that may be used for this purpose. */
  spends?: boolean;
  purpose?: string;
  /** Where the price of the credits goes that this uses up. */
  recognises?: HousePot;
  detail?: Record<string, unknown>;
};

export type Posted = {
  outcome: "posted" | "already";
  transferId: Id<"transfer">;
  /** What is in a pot once the transfer is in. */
  balanceOf(account: Id<"account">, pot: AccountPot): number | undefined;
};

export type Reservation = {
  account: Id<"account">;
  pot: "wallet" | "credits";
  amount: number;
  purpose: string;
  purposeId: string;
  /** Which increment of the purpose. */
  turn: number;
  /** For how long it stands if nobody closes it, in elapsed time. */
  lastsMs: number;
  detail?: Record<string, unknown>;
};

export type HoldState = "open" | "settled" | "released" | "expired";
