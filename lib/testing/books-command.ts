import type fc from "fast-check";
import type { Ctx } from "@/lib/ctx";
import { isAppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import type { Leg, Posting } from "@/lib/ledger/schema";
import type { BooksModel, LotPot } from "./books-model";
import { aCause } from "./money";

/** The books in the database, and what a run has to remember of them to go on. */
export type Real = {
  accounts: { client: Id<"account">; provider: Id<"account"> };
  ctx(): Ctx;
  lots: Id<"lot">[];
  holds: Id<"hold">[];
  learn(): Promise<void>;
  agree(): Promise<void>;
};

/** What the model remembers of a spend, so that it can be undone in both books. */
export type Spent = { id: Id<"transfer">; undo(model: BooksModel): void; undone: boolean };
export type Model = { books: BooksModel; spent: Spent[] };
export type Command = fc.AsyncCommand<Model, Real>;

export function command(
  words: string,
  { when = () => true, run }: { when?: (model: Model) => boolean; run: (model: Model, real: Real) => Promise<void> },
): Command {
  return {
    check: when,
    run: async (model, real) => {
      await run(model, real);
      await real.agree();
    },
    toString: () => words,
  };
}

export const post = (real: Real, kind: string, legs: Leg[], given: Partial<Posting> = {}) =>
  postTransfer(real.ctx(), { cause: aCause(), kind, legs, ...given });

/** Runs what the model says is refused, or what it says is done; anything else is a difference between the books. */
export async function judged<T>(isRefused: boolean, code: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    const done = await work();
    if (isRefused) throw new Error(`The model refuses this (${code}) and the database did it`);
    return done;
  } catch (error) {
    if (isRefused && isAppError(error) && error.code === code) return undefined;
    throw error;
  }
}

export const short = (pot: LotPot) => (pot === "credits" ? "insufficient_credits" : "insufficient_funds");
