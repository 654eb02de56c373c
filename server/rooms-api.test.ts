import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { participants } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { createKey } from "@/lib/keys/create";
import { aPerson } from "@/lib/testing/people";
import { aGuest, aRoom, subscribe } from "@/lib/testing/rooms";
import { ask, bearer, post } from "./testing/callers";
import { openLine } from "./testing/room-line";
import { type Served, serve } from "./testing/serve";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());
afterEach(() => {
  vi.unstubAllEnvs();
  provide({});
});

const byKey = (key: string) => ({ "x-api-key": key });
const at = (path: string) => `${served.url}${path}`;

test("the documented calls run at both addresses: list, create, get, delete, and what was used", async () => {
  const { apiKey, accountId } = await aPerson();
  await subscribe(accountId, { maxRooms: 2, maxMinutes: 1_000, maxParticipants: 5 });
  const made = await post(at("/rooms"), { name: "My Video Room" }, byKey(apiKey));
  expect(made).toMatchObject({
    status: 201,
    body: { name: "My Video Room", type: "video", state: "open", maxParticipants: 5, participants: 0 },
  });
  const id = String(made.body.id);
  await post(at("/api/rooms"), { name: "Second", type: "voice" }, byKey(apiKey));

  const refused = await post(at("/api/rooms"), { name: "Third" }, byKey(apiKey));
  expect(refused).toMatchObject({
    status: 403,
    body: { error: "Room limit exceeded", code: "plan_limit", limit: 2, current: 2 },
  });
  expect((await ask(at("/rooms"), { headers: byKey(apiKey) })).body.rooms).toHaveLength(2);
  expect(await ask(at(`/rooms/${id}`), { headers: byKey(apiKey) })).toMatchObject({
    status: 200,
    body: { id, people: [] },
  });
  expect(await ask(at(`/rooms/${id}`), { method: "DELETE", headers: byKey(apiKey) })).toMatchObject({
    status: 200,
    body: { id, state: "closed" },
  });
  for (const path of ["/api/billing/usage", "/billing/usage", "/api/plugins/billing/usage"])
    expect((await ask(at(path), { headers: byKey(apiKey) })).body).toMatchObject({
      usage: { currentMonthMinutes: 0, currentMonthRooms: 2 },
      limits: { maxMinutes: 1_000, maxRooms: 2, maxParticipants: 5 },
    });
});

test("without a subscription the documented words come back, and the usage says that there is nothing", async () => {
  const { apiKey } = await aPerson();
  expect(await post(at("/api/rooms"), {}, byKey(apiKey))).toMatchObject({
    status: 402,
    body: {
      error: "Active subscription required",
      code: "subscription_required",
      message: "Please subscribe to use the multimedia API features.",
    },
  });
  const { body } = await ask(at("/api/billing/usage"), { headers: byKey(apiKey) });
  expect(body).toMatchObject({
    usage: { currentMonthMinutes: 0, currentMonthRooms: 0 },
    limits: { maxMinutes: 0, maxRooms: 0, maxParticipants: 0 },
  });
});

test("a retry with the same key opens one room, and a foreign room is not there", async () => {
  const { apiKey, accountId } = await aPerson();
  await subscribe(accountId);
  const again = { ...byKey(apiKey), "idempotency-key": "open-the-room" };
  const [one, two] = [await post(at("/api/rooms"), {}, again), await post(at("/api/rooms"), {}, again)];
  expect(one.body.id).toBe(two.body.id);
  const stranger = await aPerson();
  for (const method of ["GET", "DELETE"])
    expect((await ask(at(`/api/rooms/${one.body.id}`), { method, headers: byKey(stranger.apiKey) })).status).toBe(404);
  const unknown = await post(at("/api/rooms"), { name: "x", secret: true }, byKey(apiKey));
  expect(unknown).toMatchObject({ status: 400, body: { details: { fields: { secret: expect.any(String) } } } });
});

test("a publishable key joins and does nothing else; from a page that it does not list it does nothing at all", async () => {
  const room = await aRoom();
  const made = await createKey(room.host.ctx, {
    name: "Page",
    label: "mpk",
    allowedOrigins: ["https://shop.example"],
    expiresAt: null,
  });
  const { key } = made.apiKey;
  for (const path of ["/api/rooms", `/api/rooms/${room.roomId}/tokens`, `/api/rooms/${room.roomId}/links`])
    expect((await post(at(path), {}, byKey(key))).status).toBe(403);
  expect((await ask(at("/api/rooms"), { headers: byKey(key) })).status).toBe(403);
  const line = await openLine(served.url, { auth: { apiKey: key }, headers: { origin: "https://shop.example" } });
  expect(await line.ask("join-room", { roomId: room.roomId })).toMatchObject({ ok: true });
  await expect(
    openLine(served.url, { auth: { apiKey: key }, headers: { origin: "https://elsewhere.example" } }),
  ).rejects.toMatchObject({ data: { code: "origin_not_allowed" } });
});

test("the relay is for those who are inside: others get no credentials, and these are the ones that coturn checks", async () => {
  vi.stubEnv("TURN_URLS", "stun:turn.example:3478,turn:turn.example:3478,turns:turn.example:443?transport=tcp");
  vi.stubEnv("TURN_SECRET", "a-secret-that-the-relay-shares");
  provide({});
  const room = await aRoom();
  const { token } = await aGuest(room);
  const stranger = await aGuest(room);
  const line = await openLine(served.url, { auth: { token } });
  const joined = await line.get("join-room", { roomId: room.roomId });
  const icePath = at(`/api/rooms/${room.roomId}/ice`);
  const { participantId } = joined;

  const answer = await post(icePath, { participantId }, bearer(token));
  expect(answer.status).toBe(200);
  const [stun, turn] = answer.body.iceServers as { urls: string[]; username: string; credential: string }[];
  expect(stun?.urls).toEqual(["stun:turn.example:3478"]);
  expect(turn?.urls).toHaveLength(2);
  const [expiry, whose] = (turn?.username ?? "").split(":");
  expect(whose).toBe(participantId);
  expect(Number(expiry) - Date.now() / 1_000).toBeGreaterThan(3_500);
  expect(turn?.credential).toBe(
    createHmac("sha1", "a-secret-that-the-relay-shares")
      .update(turn?.username ?? "")
      .digest("base64"),
  );
  expect(joined.iceServers).toHaveLength(2);
  expect((await line.get("turn-refresh", {})).iceServers).toHaveLength(2);

  expect((await post(icePath, { participantId }, bearer(stranger.token))).body.code).toBe("not_in_room");
  expect((await post(icePath, { participantId })).status).toBe(401);
  expect((await post(icePath, { participantId }, bearer((await aPerson()).token))).body.code).toBe("not_in_room");
  await line.get("leave-room", {});
  expect((await post(icePath, { participantId }, bearer(token))).body.code).toBe("not_in_room");
});

test("a page that closes leaves by its secret, sent as a beacon sends it; a wrong one changes nothing", async () => {
  const room = await aRoom();
  const line = await openLine(served.url, { auth: { token: (await aGuest(room)).token } });
  onTestFinished(() => void line.socket.disconnect());
  const { participantId, resumeToken } = await line.get("join-room", { roomId: room.roomId });
  const state = async () =>
    (await db().select().from(participants).where(eq(participants.id, participantId)))[0]?.state;
  const beacon = (secret: string) =>
    ask(at(`/api/rooms/${room.roomId}/leave`), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: JSON.stringify({ participantId, resumeToken: secret }),
    });
  expect((await beacon("not-the-secret-but-long-enough")).body).toEqual({ left: true });
  expect(await state()).toBe("inside");
  expect((await beacon(resumeToken)).body).toEqual({ left: true });
  expect(await state()).toBe("left");
});

test("tokens and links are made over the API, and a link's address carries its secret behind the mark", async () => {
  const room = await aRoom();
  const key = byKey(room.host.apiKey);
  const token = await post(at(`/api/rooms/${room.roomId}/tokens`), { name: "Robin", role: "listener" }, key);
  expect(token).toMatchObject({ status: 201, body: { roomId: room.roomId, role: "listener" } });
  const line = await openLine(served.url, { auth: { token: token.body.token } });
  expect(await line.get("join-room", { roomId: room.roomId, name: "Somebody else" })).toMatchObject({
    name: "Robin",
    role: "listener",
  });

  const made = await post(at(`/api/rooms/${room.roomId}/links`), { label: "Interview", oneTime: true }, key);
  const secret = /#link=([\w-]+)$/.exec(String(made.body.url))?.[1] ?? "";
  const listed = (await ask(at(`/api/rooms/${room.roomId}/links`), { headers: key })).body;
  expect(listed.links).toMatchObject([{ id: made.body.id, label: "Interview", state: "live" }]);
  expect(JSON.stringify(listed)).not.toContain(secret);
  expect(await post(at(`/api/rooms/${room.roomId}/enter`), { link: secret })).toMatchObject({
    status: 200,
    body: { room: { id: room.roomId, name: "Room" } },
  });
  await ask(at(`/api/rooms/${room.roomId}/links/${made.body.id}`), { method: "DELETE", headers: key });
  expect(await post(at(`/api/rooms/${room.roomId}/enter`), { link: secret })).toMatchObject({
    status: 410,
    body: { code: "link_spent" },
  });
});
