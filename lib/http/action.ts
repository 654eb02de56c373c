import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { businessNow } from "@/lib/clock";
import type { Ctx, GuestActor, UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { AppError, toRefusal } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import { anonymousLimit, memberLimit, networkOf, takeTurn } from "@/lib/limits";
import { noteActionBegun } from "./action-run";
import { openCtx, originOfPage, visitor } from "./page";

export type ActionError = {
  code: string;
  message: string;
  fields?: Record<string, string>;
  retryAfterSeconds?: number;
};
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError };

/** `route()` for our own pages: asks for a user, parses, runs the verb, and turns a refusal into words beside the form. */
export function action<S extends z.ZodType, T>(
  schema: S,
  run: (ctx: Ctx<UserActor>, input: z.output<S>) => Promise<T>,
) {
  return (input: z.input<S>): Promise<ActionResult<T>> =>
    answered(async () => {
      const ctx = await visitor();
      if (!ctx) throw new AppError("unauthenticated", "You were signed out. Sign in again to go on.");
      takeTurn(ctx.actor.loginId, memberLimit());
      return run(ctx, parseInput(schema, input));
    });
}

/** For forms that nobody has signed in to yet. Counted by address. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  run: (ctx: Ctx<GuestActor>, input: z.output<S>) => Promise<T>,
) {
  return (input: z.input<S>): Promise<ActionResult<T>> =>
    answered(async () => {
      const origin = await originOfPage();
      takeTurn(networkOf(origin.ip), anonymousLimit());
      return run({ actor: { kind: "guest" }, db: db(), now: businessNow(), origin }, parseInput(schema, input));
    });
}

/** For pages that anybody may open: for whoever is signed in, or a guest. */
export function openAction<S extends z.ZodType, T>(
  schema: S,
  run: (ctx: Ctx<UserActor | GuestActor>, input: z.output<S>) => Promise<T>,
) {
  return (input: z.input<S>): Promise<ActionResult<T>> =>
    answered(async () => {
      const ctx = await openCtx();
      if (ctx.actor.kind === "user") takeTurn(ctx.actor.loginId, memberLimit());
      else takeTurn(networkOf(ctx.origin.ip), anonymousLimit());
      return run(ctx, parseInput(schema, input));
    });
}

/** What is not a refusal is rethrown, so that `redirect()` and the error boundary still work. */
async function answered<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  noteActionBegun();
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    unstable_rethrow(error);
    const { code, message, details, retryAfterSeconds } = toRefusal(error);
    if (code === "internal") throw error;
    const fields = details?.fields as Record<string, string> | undefined; // `invalid()` is what sets it
    return {
      ok: false,
      error: {
        code,
        message,
        ...(fields && { fields }),
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      },
    };
  }
}
