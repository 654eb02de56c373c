import { vi } from "vitest";
import { type Ctx, inTx, type UserActor } from "@/lib/ctx";
import { provide } from "@/lib/env";
import { emitEvent } from "@/lib/events/emit";
import { createEndpoint } from "@/lib/webhooks/create";
import type { SecretEndpoint } from "@/lib/webhooks/schema";
import { aPerson, type Person } from "./people";

/** Receivers of tests are on this machine, which has to be allowed by name. */
export function allowLoopback(): void {
  vi.stubEnv("WEBHOOKS_TO_LOOPBACK", "true");
  provide({});
}

export const anEndpoint = (ctx: Ctx<UserActor>, url: string, events: SecretEndpoint["events"] = []) =>
  createEndpoint(ctx, { url, description: "", events: events as Parameters<typeof createEndpoint>[1]["events"] }); // a test names types that exist

/** Somebody with an endpoint of their own. */
export async function aListener(url: string): Promise<Person & { endpoint: SecretEndpoint }> {
  const person = await aPerson();
  return { ...person, endpoint: await anEndpoint(person.ctx, url) };
}

/** Something happened in somebody's account. */
export const happen = ({ ctx, accountId, userId }: Person, name = "Dana") =>
  inTx(ctx, (ctx) => emitEvent(ctx, accountId, "member.joined", { userId, name, role: "member" }));
