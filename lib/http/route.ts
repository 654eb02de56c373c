import type { z } from "zod";
import { type ActorFor, type AuthKind, authenticate } from "@/lib/auth/request";
import { businessNow } from "@/lib/clock";
import type { Ctx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError, isOutage, STATUS, toRefusal } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import type { Limit } from "@/lib/limits";
import { isAllowedOrigin } from "@/lib/origins";
import type { Family } from "./aliases";
import { type Answer, type FileType, fileAnswer, jsonAnswer, refusalAnswer, type TextAnswer } from "./answer";
import { type Arrival, arrivalOf, incomingFrom } from "./arrival";
import { readJson } from "./body";
import { inTime } from "./deadline";
import { runOnce } from "./idempotency";
import { countRefusal, countRequest, paceRequest } from "./limited";
import { nothingHere, type RouteHandler } from "./registry";

type Parsed<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;

/** A body as it came, letter for letter, for whoever checks a signature over it. */
export type Raw = { text: string; header(name: string): string | null };
type IfRaw<R extends true | undefined> = R extends true ? Raw : undefined;

type Spec<
  A extends AuthKind,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  O extends z.ZodType,
  R extends true | undefined,
> = {
  /** One line for the documentation. */
  summary: string;
  description?: string;
  /** Who may ask. There is no default: a public route says `public`. */
  auth: A;
  /** The scope its verb asks for; for the documentation. */
  scope?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Instead of a body that is parsed: its sender proves itself by a signature over it, so only what is refused counts against its address. */
  rawBody?: R;
  /** What leaves the building. Fields not named here never do. */
  output: O;
  /** What the answer is where it is not JSON. */
  produces?: FileType;
  status?: 200 | 201 | 202;
  /** Takes an Idempotency-Key: for every POST that creates something or moves money. */
  idempotent?: boolean;
  /** Counted closer than other requests, for each account and each address. */
  pace?: () => Limit;
  /** In production there is nothing at its address. */
  localOnly?: boolean;
  handle(call: Call<A, P, Q, B, R>): Promise<z.input<O>>;
};

export type Call<
  A extends AuthKind,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends true | undefined,
> = {
  ctx: Ctx<ActorFor[A]>;
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  raw: IfRaw<R>;
  /** Names this one attempt of the caller, where the route takes one. */
  idempotencyKey: string | undefined;
  /** Which product the documented address speaks for, when it says. */
  family: Family | undefined;
};

/** Turns a declaration into a handler, served by the page framework and by our own mount alike. */
export function route<
  A extends AuthKind,
  O extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends true | undefined = undefined,
>(spec: Spec<A, P, Q, B, O, R>): RouteHandler {
  const { status = 200, idempotent = false, localOnly = false, rawBody = false, produces, output } = spec;

  const answer = async (arrival: Arrival, params: unknown): Promise<Answer> => {
    try {
      if (localOnly) requireOwnMachine(arrival);
      const actor = await inTime(rawBody ? prove(spec.auth, arrival) : admit(spec.auth, arrival));
      if (spec.pace) paceRequest(actor, arrival, spec.pace());
      const sent = spec.body ? await readJson(arrival) : { text: "", json: undefined };
      const key = idempotent ? arrival.idempotencyKey : undefined;
      const call = {
        ctx: { actor, db: db(), now: businessNow(), origin: arrival.origin },
        params: (spec.params ? parseInput(spec.params, params) : undefined) as Parsed<P>,
        query: (spec.query ? parseInput(spec.query, queryOf(arrival)) : undefined) as Parsed<Q>,
        body: (spec.body ? parseInput(spec.body, sent.json) : undefined) as Parsed<B>,
        raw: (rawBody ? await rawOf(arrival) : undefined) as IfRaw<R>,
        idempotencyKey: key,
        family: arrival.family,
      };
      const work = async () => {
        const said = output.parse(await spec.handle(call));
        return produces ? fileAnswer(arrival, { status, body: said, type: produces }) : jsonAnswer(status, said);
      };

      if (key === undefined) return await inTime(work());
      return await answerOnce(arrival, { actor, key, text: sent.text, work });
    } catch (error) {
      return refusalAnswer(rawBody ? countRefusal(error, arrival) : error, arrival);
    }
  };

  const handler = async (request: Request, segment: { params: Promise<unknown> }): Promise<Response> => {
    const arrival = arrivalOf(incomingFrom(request));
    const { status, body } = await answer(arrival, await segment.params);
    return new Response(body, { status, headers: arrival.answerHeaders });
  };

  const { handle: _, pace: __, rawBody: ___, ...described } = spec;
  return Object.assign(handler, { answer, declaration: { ...described, status, idempotent, localOnly } });
}

type Attempted = { actor: Ctx["actor"]; key: string; text: string; work: () => Promise<Answer> };

/** Does the work the first time that the caller's Idempotency-Key is sent, and answers as then every time after. */
async function answerOnce(arrival: Arrival, { actor, key, text, work }: Attempted): Promise<Answer> {
  const attempt = { owner: ownerOf(actor, arrival), key, body: `${arrival.family} ${arrival.search} ${text}` };
  // A refusal is an answer like any other: the same key hears it again. An outage is none, and may be tried again.
  const keepRefusal = (error: unknown): TextAnswer => {
    if (isOutage(error) || MAY_BE_TRIED_AGAIN.includes(toRefusal(error).status)) throw error;
    return refusalAnswer(error, arrival);
  };
  const { replayed, ...first } = await inTime(runOnce(db(), attempt, () => work().then(asText).catch(keepRefusal)));
  if (replayed) arrival.answerHeaders["idempotency-replayed"] = "true";
  return first;
}

/** Only a text is kept for whoever repeats a request. */
function asText({ status, body }: Answer): TextAnswer {
  if (typeof body !== "string") throw new Error("A route that takes an Idempotency-Key answers no bytes");
  return { status, body };
}

const MAY_BE_TRIED_AGAIN: readonly number[] = [STATUS.unavailable, STATUS.rate_limited];

/** Nobody signs in to what is local alone, so no page of another site may reach it through the reader's browser. */
function requireOwnMachine({ headers }: Arrival): void {
  if (env().isProduction) throw nothingHere();
  const page = headers.get("origin");
  if (page !== null && !isAllowedOrigin(page))
    throw new AppError("origin_not_allowed", `This may not be used from ${page}.`);
}

/** Finds out who asks, and leaves the counting to what comes of it. */
const prove = async <A extends AuthKind>(auth: A, arrival: Arrival): Promise<ActorFor[A]> =>
  (await authenticate(auth, arrival)).actor;

const rawOf = async ({ headers, readText }: Arrival): Promise<Raw> => ({
  text: await readText(),
  header: (name) => headers.get(name),
});

/** Finds out who asks and counts the request against them; one that proves nothing counts against its address. */
async function admit<A extends AuthKind>(auth: A, arrival: Arrival): Promise<ActorFor[A]> {
  try {
    const { actor, headers } = await authenticate(auth, arrival);
    Object.assign(arrival.answerHeaders, headers, countRequest(actor, arrival));
    return actor;
  } catch (error) {
    if (toRefusal(error).status === STATUS.unauthenticated) countRequest({ kind: "guest" }, arrival);
    throw error;
  }
}

const queryOf = ({ search }: Arrival): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

/** Keys of two tenants never meet, nor do those of two people whom nobody knows yet. */
function ownerOf(actor: Ctx["actor"], { path, method, origin }: Arrival): string {
  return `${who(actor, origin.ip)} ${method} ${path}`;
}

function who(actor: Ctx["actor"], ip: string | null): string {
  if (actor.kind === "user") return `${actor.accountId}:${actor.userId}`;
  return actor.kind === "key" ? actor.accountId : `${actor.kind}:${ip ?? "unknown"}`;
}
