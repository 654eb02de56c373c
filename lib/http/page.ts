import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { readLoginCookie } from "@/lib/auth/cookie";
import { actorOfLogin } from "@/lib/auth/live-logins";
import { businessNow } from "@/lib/clock";
import type { Ctx, GuestActor, Origin, UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { isAppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { INTERNAL } from "./headers";

/** Who looks at this page, or nobody. Asked once a request. */
export const visitor = cache(async (): Promise<Ctx<UserActor> | undefined> => {
  const jar = await cookies();
  const claims = await readLoginCookie(jar.toString());
  const actor = claims && (await actorOfLogin(claims));
  return actor && { actor, db: db(), now: businessNow(), origin: await originOfPage() };
});

/** The context of a page that needs somebody signed in; anybody else is sent to sign in and brought back. */
export async function pageCtx(): Promise<Ctx<UserActor>> {
  const ctx = await visitor();
  if (ctx) return ctx;
  const path = (await headers()).get(INTERNAL.path);
  redirect(path && path !== "/dashboard" ? `/login?next=${encodeURIComponent(path)}` : "/login");
}

/** The context of a page that anybody may open: whoever is signed in, or a guest. */
export async function openCtx(): Promise<Ctx<UserActor | GuestActor>> {
  return (await visitor()) ?? { actor: { kind: "guest" }, db: db(), now: businessNow(), origin: await originOfPage() };
}

/** The context of a page for staff; to others it does not exist. */
export async function staffCtx(): Promise<Ctx<UserActor>> {
  const ctx = await pageCtx();
  if (!ctx.actor.isStaff) notFound();
  return ctx;
}

export async function originOfPage(): Promise<Origin> {
  const list = await headers();
  return {
    requestId: list.get(INTERNAL.requestId) ?? newId("req"),
    ip: list.get(INTERNAL.ip),
    userAgent: list.get("user-agent")?.slice(0, 300) ?? null,
  };
}

/** Turns the refusal of a read into the page that says so, where what it names is not there. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}
