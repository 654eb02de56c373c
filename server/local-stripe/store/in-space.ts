import type { Sql } from "postgres";
import { StripeRefusal } from "../http/errors";
import { Space, type Surroundings } from "./space";

type House = Surroundings & { sql: Sql; now(): Date };

/** Runs `work` on an account outside the API: from a page, or from the control API. A decline keeps what it did. */
export async function inSpace<T>(
  house: House,
  account: string,
  work: (space: Space) => Promise<T>,
  connected = account,
): Promise<T> {
  const outcome = await house.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 1))`;
    const space = new Space({
      sql,
      account: connected,
      root: account,
      now: Math.floor(house.now().getTime() / 1_000),
      cause: { request: null, idempotencyKey: null },
      reactions: house.reactions,
      origin: house.origin,
    });
    const done = await work(space).then(
      (answer) => ({ answer }),
      (refusal: unknown) => {
        if (refusal instanceof StripeRefusal && refusal.extras.effects === "kept") return { refusal };
        throw refusal;
      },
    );
    await space.flush();
    return done;
  });
  if ("refusal" in outcome) throw outcome.refusal;
  return outcome.answer as T; // the transaction hands back what the work answered
}
