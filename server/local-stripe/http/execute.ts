import type { Sql, TransactionSql } from "postgres";
import { log } from "@/lib/log";
import { Space, type Surroundings } from "../store/space";
import { type Caller, onlySecret } from "./authenticate";
import { errorForBrowser } from "./browser-view";
import { StripeRefusal } from "./errors";
import { expanded, type Includes } from "./expand";
import { afterEffect, beforeEffect, type Fault } from "./faults";
import type { RawParts } from "./form";
import {
  claimKey,
  fingerprintOf,
  judgeKey,
  type Kept,
  type Keyed,
  keepAnswer,
  keepingOf,
  keptAnswer,
} from "./idempotency";
import type { Operation, PathParts } from "./operation";

export type Request = {
  id: string;
  operation: Operation;
  url: string;
  path: PathParts;
  raw: RawParts;
  caller: Caller;
  /** The connected account the platform acts as. */
  actingAs: string | undefined;
  idempotencyKey: string | undefined;
  fault: Fault | undefined;
};

export type Reply = { status: number; body: string; headers: Record<string, string> };
export type House = Surroundings & { sql: Sql; includes: Includes; now(): Date };

/** One request, one transaction: what it changed, the events, and the answer that its key will repeat. */
export async function execute(house: House, request: Request): Promise<Reply> {
  const { operation, caller, raw } = request;
  if (!operation.open && caller.kind === "publishable") throw onlySecret();
  const read = operation.read(raw);
  const now = secondsOf(house.now());
  const keyed = keyOf(request, now);
  await beforeEffect(request.fault);

  const work = async (sql: TransactionSql): Promise<Reply> => {
    if (keyed) await claimKey(sql, keyed);
    if (operation.method !== "GET") await lockAccount(sql, caller.account);
    const kept = keyed && (await keptAnswer(sql, keyed));
    if (kept) return replayed(kept);

    const space = await openSpace(house, sql, request, now);
    const answer = await read
      .run({ space, id: request.path.id ?? "", path: request.path, caller: caller.kind })
      .catch((error: unknown) => keepEffects(caller.kind === "publishable" ? errorForBrowser(error) : error));
    if (operation.method !== "GET") await space.flush();
    const reply =
      answer instanceof StripeRefusal
        ? replyTo(answer)
        : ok(await expanded(space, answer, read.expand, house.includes));
    if (keyed) await keepAnswer(sql, keyed, { ...reply, request: request.id });
    return reply;
  };

  try {
    const reply = await house.sql.begin(work);
    if (request.fault?.effect === "error_after") throw afterEffect();
    return reply;
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    const reply = replyTo(error);
    if (keyed && startedExecution(error))
      await house.sql.begin((sql) => keepAnswer(sql, keyed, { ...reply, request: request.id }));
    return reply;
  }
}

export const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1_000);

/** Writers of one platform take turns, which also puts its events in an order. */
const lockAccount = (sql: TransactionSql, account: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${account}, 1))`;

async function openSpace(
  house: House,
  sql: TransactionSql,
  { caller, actingAs, id, idempotencyKey }: Request,
  now: number,
): Promise<Space> {
  const cause = { request: id, idempotencyKey: idempotencyKey ?? null };
  const surroundings = { reactions: house.reactions, origin: house.origin };
  const platform = new Space({ ...surroundings, sql, account: caller.account, root: caller.account, now, cause });
  if (actingAs === undefined || actingAs === caller.account) return platform;
  if (await platform.find("account", actingAs))
    return new Space({ ...surroundings, sql, account: actingAs, root: caller.account, now, cause });
  throw new StripeRefusal(403, {
    type: "invalid_request_error",
    code: "account_invalid",
    message: `The provided key does not have access to account '${actingAs}' (or that account does not exist). Application access may have been revoked.`,
  });
}

function keyOf({ operation, url, raw, caller, actingAs, idempotencyKey }: Request, now: number): Keyed | undefined {
  if (idempotencyKey === undefined || operation.method === "GET") return undefined;
  judgeKey(idempotencyKey);
  return {
    account: actingAs ?? caller.account,
    key: idempotencyKey,
    fingerprint: fingerprintOf(operation.method, url, raw),
    now,
    keeps: keepingOf(url),
  };
}

/** A decline commits what it did; every other error undoes the transaction. */
function keepEffects(error: unknown): StripeRefusal {
  if (error instanceof StripeRefusal && error.extras.effects === "kept") return error;
  throw error;
}

const startedExecution = ({ status, body }: StripeRefusal): boolean =>
  status !== 409 && body.type !== "idempotency_error";

const ok = (answer: object): Reply => ({ status: 200, body: JSON.stringify(answer, null, 2), headers: {} });

function replayed({ status, body, request }: Kept): Reply {
  return { status, body, headers: { "idempotent-replayed": "true", "original-request": request } };
}

export function replyTo(error: unknown): Reply {
  if (!(error instanceof StripeRefusal)) {
    log().error({ error }, "the local Stripe failed");
    return replyTo(
      new StripeRefusal(500, { type: "api_error", message: "The local Stripe failed. Its log says why." }),
    );
  }
  const { status, body, extras } = error;
  const headers = {
    "stripe-should-retry": String(status >= 500 || status === 409),
    ...extras.headers,
    ...(status === 501 && { "stripe-notice": body.message }),
  };
  return { status, body: JSON.stringify({ error: body }, null, 2), headers };
}
