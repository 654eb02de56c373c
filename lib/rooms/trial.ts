import { and, desc, eq, isNull } from "drizzle-orm";
import { SANDBOX_ACCOUNT } from "@/lib/accounts/sandbox";
import { type Ctx, type GuestActor, hasScope, type UserActor } from "@/lib/ctx";
import { rooms } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { AppError } from "@/lib/errors";
import { type Id, newId } from "@/lib/ids";
import { later } from "@/lib/time";
import { mintToken } from "./admit";
import { openRoom } from "./open";
import { signPass } from "./pass";
import { hasSandbox, openSandbox, SANDBOX_LASTS_MS } from "./sandbox";
import { MintToken, OpenRoom, TRIAL_PEOPLE, type Trial, type TrialDoor } from "./schema";

/** The one room of an account in which its people try the SDK out, however often they do. */
const TRIAL_ROOM = "SDK trial";

type Visitor = Ctx<UserActor | GuestActor>;

/** Whose room somebody tries the SDK out in, or what they lack. */
export async function trialDoor(ctx: Visitor): Promise<TrialDoor> {
  if (isUser(ctx) && hasScope(ctx, "rooms:write") && (await entitlementsOf(ctx, ctx.actor.accountId))) return "plan";
  if (hasSandbox()) return "sandbox";
  return isUser(ctx) ? "no-plan" : "sign-in";
}

/** A room and a token for each end of a call that one person tries out alone. */
export async function openTrial(ctx: Visitor): Promise<Trial> {
  const door = await trialDoor(ctx);
  if (door === "plan" && isUser(ctx)) return inOwnRoom(ctx);
  if (door === "sandbox") return inSandbox(ctx);
  if (door === "sign-in") throw new AppError("unauthenticated", "Sign in to run it in a room of your own.");
  throw new AppError("subscription_required", "Rooms need a plan. Take one up, and run it here.");
}

async function inOwnRoom(ctx: Ctx<UserActor>): Promise<Trial> {
  const [kept] = await ctx.db
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.accountId, ctx.actor.accountId), eq(rooms.name, TRIAL_ROOM), isNull(rooms.closedAt)))
    .orderBy(desc(rooms.id))
    .limit(1);
  const { id } = kept ?? (await openRoom(ctx, OpenRoom.parse({ name: TRIAL_ROOM })));
  const tokens = TRIAL_PEOPLE.map(async (name) => {
    // Two people of one account may try it at once; each has a pair of their own.
    const subject = `trial:${ctx.actor.loginId}:${name}`;
    return (await mintToken(ctx, { id, ...MintToken.parse({ name, subject }) })).token;
  });
  return { roomId: id, tokens: await Promise.all(tokens), endsAt: null };
}

async function inSandbox(ctx: Visitor): Promise<Trial> {
  const roomId = await openSandbox(ctx);
  const expiresAt = later(new Date(), SANDBOX_LASTS_MS);
  const tokens = TRIAL_PEOPLE.map((name) => sandboxPass(roomId, name, expiresAt));
  return { roomId, tokens: await Promise.all(tokens), endsAt: expiresAt };
}

const sandboxPass = (roomId: Id<"room">, name: string, expiresAt: Date): Promise<string> =>
  signPass({
    ...{ id: newId("pass"), accountId: SANDBOX_ACCOUNT, roomId, expiresAt },
    ...{ role: "speaker", subject: `trial:${name}`, name, linkId: null },
  });

const isUser = (ctx: Visitor): ctx is Ctx<UserActor> => ctx.actor.kind === "user";
