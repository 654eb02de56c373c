import { businessNow } from "@/lib/clock";
import type { Ctx, RoomActor } from "@/lib/ctx";
import { grantRooms } from "@/lib/entitlements/grant";
import type { RoomsFeatures } from "@/lib/entitlements/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { joinRoom } from "@/lib/meetings/join";
import type { Place } from "@/lib/meetings/schema";
import { roomCalls } from "@/lib/protocol/rooms";
import { mintToken } from "@/lib/rooms/admit";
import { openRoom } from "@/lib/rooms/open";
import { readPass } from "@/lib/rooms/pass";
import { MintToken, OpenRoom } from "@/lib/rooms/schema";
import { days, later } from "@/lib/time";
import { systemCtx } from "./money";
import { aPerson, type Person } from "./people";

/** A subscription to rooms, with what the test needs of it and plenty of the rest. */
export async function subscribe(
  accountId: Id<"account">,
  features: Partial<RoomsFeatures> = {},
  period: { start: Date; end: Date } = { start: later(businessNow(), -days(1)), end: later(businessNow(), days(30)) },
): Promise<void> {
  await grantRooms(systemCtx(), {
    accountId,
    features: {
      maxRooms: 1_000,
      maxParticipants: 200,
      maxMinutes: 10_000,
      branding: "parley",
      whiteLabel: false,
      ...features,
    },
    periodStart: period.start,
    periodEnd: period.end,
  });
}

export type Hosted = { host: Person; roomId: Id<"room"> };

/** Somebody with a subscription, and a room of theirs. */
export async function aRoom(given: Partial<OpenRoom> = {}, features: Partial<RoomsFeatures> = {}): Promise<Hosted> {
  const host = await aPerson();
  await subscribe(host.accountId, features);
  const { id } = await openRoom(host.ctx, OpenRoom.parse(given));
  return { host, roomId: id };
}

/** A guest with a token to the room, as the account's own server would make it. */
export async function aGuest(
  { host, roomId }: Hosted,
  given: Partial<MintToken> = {},
): Promise<{ ctx: Ctx<RoomActor>; token: string }> {
  const { token } = await mintToken(host.ctx, { id: roomId, ...MintToken.parse(given) });
  return { ctx: await passCtx(token), token };
}

/** The context that a socket with this token gets. */
export async function passCtx(token: string): Promise<Ctx<RoomActor>> {
  const pass = await readPass(token);
  if (!pass) throw new Error("This is no token to a room");
  return { ...systemCtx(), actor: { kind: "guest", pass } };
}

export const asking = (roomId: Id<"room">, more: object = {}) =>
  roomCalls["join-room"].input.parse({ roomId, name: "Somebody", ...more });

/** Comes in, and complains where there was a door in between. */
export async function enter(ctx: Ctx<RoomActor>, roomId: Id<"room">, more: object = {}): Promise<Place> {
  const place = await joinRoom(ctx, asking(roomId, more));
  if (place.outcome === "waiting") throw new AppError("waiting", "They have to wait.");
  return place;
}
