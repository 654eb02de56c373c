// needs: processes
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { ask, post, registerAt } from "./testing/callers";
import { databaseUrlOf, makeDataDir, newDataDir, removeDataDir, type Serving, startServer } from "./testing/processes";
import { hasRedis, type Redis, startRedis } from "./testing/redis";
import { heardBy, openLine, type RoomLine, until } from "./testing/room-line";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const sdp = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";

function connectTo(dataDir: string): postgres.Sql {
  const sql = postgres(databaseUrlOf(dataDir), { max: 1, onnotice: () => undefined });
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

/** An account with a subscription, as its row would be, and a room of its own. */
async function aRoomAt(server: Serving, dataDir: string) {
  const { key } = await registerAt(server.url);
  const sql = connectTo(dataDir);
  const features = { maxRooms: 10, maxParticipants: 10, maxMinutes: 1_000, branding: "parley", whiteLabel: false };
  await sql`insert into entitlement_grants (account_id, family, features, period_start, period_end)
    select account_id, 'rooms', ${sql.json(features)}, now() - interval '1 day', now() + interval '30 days'
    from keys where prefix = ${key.slice(0, 13)}`;
  const { body } = await post(`${server.url}/api/rooms`, {}, { "x-api-key": key });
  return { key, roomId: String(body.id), sql };
}

async function joinAt(url: string, { key, roomId }: { key: string; roomId: string }) {
  const line = await openLine(url, { auth: { apiKey: key } });
  return { line, joined: await line.get("join-room", { roomId, name: "Somebody" }) };
}

const presenceOf = (sql: postgres.Sql, roomId: string) =>
  sql<{ id: string; state: string; open: boolean; untilSeen: boolean }[]>`
    select who.id, who.state, p.until_at is null as open, p.until_at = who.seen_at as "untilSeen"
    from participants as who join presence as p on p.participant_id = who.id
    where who.room_id = ${roomId} order by p.id`;

const usageAt = async (url: string, key: string) =>
  (await ask(`${url}/api/billing/usage`, { headers: { "x-api-key": key } })).body.usage as Record<string, number>; // what a 200 of this route holds

test("after kill -9 presence ends at the last heartbeat, and whoever comes back is the person they were", async () => {
  const dataDir = newDataDir();
  const server = await startServer(dataDir);
  const room = await aRoomAt(server, dataDir);
  const [one, two] = [await joinAt(server.url, room), await joinAt(server.url, room)];
  await one.line.get("offer", { target: two.joined.participantId, sdp });
  // A sign of life must have been written down after they came.
  await until(async () => {
    const [row] = await room.sql`select bool_and(seen_at > created_at + interval '1 second') as seen from participants`;
    expect(row?.seen).toBe(true);
  });
  server.child.kill("SIGKILL");
  await server.ended;

  const again = await startServer(dataDir);
  const sql = connectTo(dataDir);
  await vi.waitFor(
    async () => expect((await presenceOf(sql, room.roomId)).map(({ open }) => open)).toEqual([false, false]),
    {
      timeout: 60_000,
    },
  );
  // Closed where they were last heard of; the places are kept for the way back.
  expect(await presenceOf(sql, room.roomId)).toMatchObject([
    { state: "inside", untilSeen: true },
    { state: "inside", untilSeen: true },
  ]);
  const { participantId, resumeToken } = one.joined;
  const returned = await openLine(again.url, { auth: { apiKey: room.key } });
  expect(await returned.get("resume-room", { roomId: room.roomId, participantId, resumeToken })).toMatchObject({
    participantId,
    epoch: 2,
    users: [{ id: two.joined.participantId }],
  });
  // The other one never does, and is given up once everybody had time.
  expect(
    await vi.waitFor(async () => returned.of("user-left")[0] ?? Promise.reject(new Error("not yet")), {
      timeout: 60_000,
      interval: 100,
    }),
  ).toMatchObject({
    participantId: two.joined.participantId,
    reason: "lost",
  });
  expect(await usageAt(again.url, room.key)).toMatchObject({ currentMonthRooms: 1, runningCalls: 1 });
});

test("a deploy asks everybody to come back, closes the stretches, and keeps the places", async () => {
  const dataDir = newDataDir();
  const server = await startServer(dataDir);
  const room = await aRoomAt(server, dataDir);
  const people = [await joinAt(server.url, room), await joinAt(server.url, room)];
  server.child.kill("SIGTERM");
  for (const { line } of people) expect(await heardBy(line, "server-shutdown")).toHaveProperty("reconnectInMs");
  expect((await server.ended).code).toBe(0);

  const again = await startServer(dataDir);
  const sql = connectTo(dataDir);
  expect(await presenceOf(sql, room.roomId)).toMatchObject([
    { state: "inside", open: false },
    { state: "inside", open: false },
  ]);
  for (const { joined } of people) {
    const { participantId, resumeToken } = joined;
    const line = await openLine(again.url, { auth: { apiKey: room.key } });
    await line.get("resume-room", { roomId: room.roomId, participantId, resumeToken });
  }
  const now = await presenceOf(sql, room.roomId);
  expect(now.filter(({ open }) => open)).toHaveLength(2);
  expect(new Set(now.map(({ state }) => state))).toEqual(new Set(["inside"]));
});

describe.skipIf(!hasRedis)("two processes with Redis between them (needs redis-server)", () => {
  const dataDir = makeDataDir();
  let redis: Redis;
  let pair: [Serving, Serving];

  beforeAll(async () => {
    redis = await startRedis();
    const start = () => startServer(dataDir, { REDIS_URL: redis.url });
    pair = [await start(), await start()];
  });
  afterAll(async () => {
    await removeDataDir(dataDir);
    await redis.stop();
  });

  async function aCall() {
    const room = await aRoomAt(pair[0], dataDir);
    const [near, far] = [await joinAt(pair[0].url, room), await joinAt(pair[1].url, room)];
    return { room, near, far };
  }

  /** The first message of a stream may come before its reader stood ready; later ones are never lost. */
  async function reaches(from: RoomLine, to: RoomLine, target: string): Promise<void> {
    await until(async () => {
      await from.get("renegotiate", { target });
      expect(to.of("renegotiate").length).toBeGreaterThan(0);
    });
  }

  test("people on both see, call and write to each other as on one", async () => {
    const { room, near, far } = await aCall();
    const [one, two] = [near.joined.participantId, far.joined.participantId];
    expect(await heardBy(near.line, "user-joined")).toMatchObject({ participantId: two, offerer: false });
    expect(far.joined.users).toMatchObject([{ id: one, offerer: true }]);
    await reaches(far.line, near.line, one);
    await reaches(near.line, far.line, two);

    await far.line.get("offer", { target: one, sdp, negId: 1 });
    expect(await heardBy(near.line, "offer")).toMatchObject({ from: two, negId: 1 });
    await near.line.get("answer", { target: two, sdp, negId: 1 });
    expect(await heardBy(far.line, "answer")).toMatchObject({ from: one, negId: 1 });
    await near.line.get("ice-candidate", { target: two, candidates: [{ candidate: "candidate:1" }, null] });
    expect(await heardBy(far.line, "ice-candidate")).toMatchObject({
      candidates: [{ candidate: "candidate:1" }, { candidate: "" }],
    });
    await near.line.get("reaction", { emoji: "🎉" });
    expect(await heardBy(far.line, "reaction")).toMatchObject({ from: one });
    await far.line.get("chat-message", { text: "hello", clientId: "1" });
    expect(await heardBy(near.line, "chat-message")).toMatchObject({ from: two, text: "hello" });
    expect(near.line.of("offer")).toHaveLength(1);

    await near.line.get("moderate", { action: "mute", participantId: two });
    expect(await heardBy(far.line, "force-mute")).toMatchObject({ by: one });
    await ask(`${pair[0].url}/api/rooms/${room.roomId}`, { method: "DELETE", headers: { "x-api-key": room.key } });
    expect(await heardBy(far.line, "room-ended")).toMatchObject({ reason: "deleted" });
  });

  test("a place that moves to the other process leaves no line behind on the first", async () => {
    const { room, near, far } = await aCall();
    const { participantId, resumeToken } = near.joined;
    const moved = await openLine(pair[1].url, { auth: { apiKey: room.key } });
    await moved.get("resume-room", { roomId: room.roomId, participantId, resumeToken });
    expect(await heardBy(near.line, "kicked")).toMatchObject({ reason: "replaced" });
    near.line.socket.disconnect();
    await far.line.get("renegotiate", { target: participantId });
    expect(await heardBy(moved, "renegotiate")).toMatchObject({ from: far.joined.participantId });
    expect(far.line.of("user-left")).toEqual([]);
  });

  test("one room is full for both, and a foreign room is out of reach from both", async () => {
    const { room, far } = await aCall();
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, at) => joinAt(pair[at % 2 === 0 ? 0 : 1].url, room)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    const elsewhere = await aCall();
    expect(await elsewhere.near.line.ask("offer", { target: far.joined.participantId, sdp })).toMatchObject({
      error: { code: "target_gone" },
    });
  });
});
