import type { Ctx } from "@/lib/ctx";
import { refusalOf, runPrepared } from "@/lib/db/client";
import { AppError, type ErrorExtras } from "@/lib/errors";
import { type Id, newId } from "@/lib/ids";
import type { AccountPot } from "@/lib/pots";
import type { Posted } from "./schema";

type Answer = {
  outcome: "posted" | "already" | "missing";
  transferId: Id<"transfer">;
  balances: Record<string, [balance: number, version: number]>;
};

/** Calls one of the functions that write to the books, in one statement, and puts its refusals into words. */
export async function callBooks<T extends object = object>(
  { db }: Pick<Ctx, "db">,
  name: "post_transfer" | "reserve_hold" | "close_hold" | "reverse_transfer",
  asked: object,
): Promise<Answer & T> {
  try {
    const text = `select ${name}($1::jsonb) as answer`;
    const [row] = await runPrepared<{ answer: Answer & T }>(db, name, text, [JSON.stringify(asked)]);
    if (!row) throw new Error(`${name} said nothing`);
    return row.answer;
  } catch (error) {
    throw refused(error) ?? error;
  }
}

/** Who moves value, when, and on whose request: every transfer says so. */
export const signed = ({ actor, now, origin }: Ctx): object => ({
  id: newId("transfer"),
  at: now.toISOString(),
  actorKind: actor.kind,
  actorId: actorId(actor),
  requestId: origin.requestId,
});

export function posted({ outcome, transferId, balances }: Answer): Posted {
  if (outcome === "missing") throw new Error("Nothing was posted");
  return { outcome, transferId, balanceOf: (account, pot) => balances[`${account} ${pot}`]?.[0] };
}

function actorId(actor: Ctx["actor"]): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "key":
      return actor.keyId;
    case "system":
      return actor.name;
    case "guest":
      return "guest";
  }
}

type Shortage = { pot: AccountPot; required: number; balance: number };

/** The database judged; these are its verdicts. */
function refused(error: unknown): AppError | undefined {
  const refusal = refusalOf(error);
  const facts = () => JSON.parse(detailOf(error)) as Shortage; // `refuse_short` and `change_pot` write no other
  if (refusal?.code === "PL402") return short(facts(), error);
  if (refusal?.code === "PL403")
    return new AppError("spending_frozen", "Spending is stopped on this account. Billing says why.", { cause: error });
  if (refusal?.code === "PL410")
    return new AppError("conflict", "Part of this was given back already.", { cause: error });
  if (refusal?.code === "PL411")
    return new AppError("conflict", "What is held is closed, and cannot be undone.", { cause: error });
  if (refusal?.code === "23505" && refusal.constraint === "transfers_reverses")
    return new AppError("conflict", "This was undone already.", { cause: error });
  return undefined;
}

function short({ pot, required, balance }: Shortage, cause: unknown): AppError {
  const extras: ErrorExtras = { flat: { required, balance }, details: { pot }, cause };
  return pot.startsWith("credits")
    ? new AppError("insufficient_credits", "Insufficient credits", extras)
    : new AppError("insufficient_funds", "Insufficient funds", extras);
}

function detailOf(error: unknown): string {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return typeof cause === "object" && cause !== null && "detail" in cause ? String(cause.detail) : "{}";
}
