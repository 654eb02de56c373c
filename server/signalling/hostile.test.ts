import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@/lib/ids";
import { aGuest, aRoom, type Hosted } from "@/lib/testing/rooms";
import { metrics } from "../metrics";
import { heardBy, openLine, type RoomLine, until } from "../testing/room-line";
import { type Served, serveWithLoops } from "../testing/serve";

vi.setConfig({ testTimeout: 60_000 });

let served: Served;
beforeAll(async () => {
  served = await serveWithLoops();
});
afterAll(() => served.close());

const sdp = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";

async function inRoom(room: Hosted) {
  const line = await openLine(served.url, { auth: { token: (await aGuest(room)).token } });
  return { line, joined: await line.get("join-room", { roomId: room.roomId }) };
}

/** Two people who talk, of whom whatever else happens must not be noticed. */
async function aCall() {
  const room = await aRoom();
  const [one, two] = [await inRoom(room), await inRoom(room)];
  let sent = 0;
  const isUndisturbed = async () => {
    sent += 1;
    await one.line.get("offer", { target: two.joined.participantId, sdp, negId: sent });
    await until(() =>
      expect(two.line.of("offer").at(-1)).toMatchObject({ negId: sent, from: one.joined.participantId }),
    );
    expect(two.line.of("offer")).toHaveLength(sent);
    expect(
      [one, two].flatMap(({ line }) => [...line.of("disconnect"), ...line.of("kicked"), ...line.of("user-left")]),
    ).toEqual([]);
  };
  await isUndisturbed();
  return { room, one, two, isUndisturbed };
}

const refusal = async (line: RoomLine, name: Parameters<RoomLine["ask"]>[0], body: unknown) => {
  const answer = await line.ask(name, body);
  return answer.ok ? "ok" : answer.error.code;
};

test("a foreign room cannot be spoken into, whatever the message says it is from, to or in", async () => {
  const call = await aCall();
  const elsewhere = await aRoom();
  const liar = await inRoom(elsewhere);
  const { participantId: victim } = call.two.joined;
  const lies = { roomId: call.room.roomId, from: call.one.joined.participantId, userId: victim, participantId: victim };
  for (const name of ["offer", "answer"] as const)
    expect(await refusal(liar.line, name, { ...lies, target: victim, sdp })).toBe("target_gone");
  expect(await refusal(liar.line, "ice-candidate", { ...lies, target: victim, candidate: null })).toBe("target_gone");
  expect(await refusal(liar.line, "renegotiate", { ...lies, target: victim })).toBe("target_gone");
  expect(await refusal(liar.line, "set-quality", { ...lies, level: "off" })).toBe("target_gone");
  expect(await refusal(liar.line, "offer", { target: call.two.line.socket.id, sdp })).toBe("target_gone");
  expect(await refusal(liar.line, "moderate", { action: "kick", participantId: victim })).toBe("forbidden");
  expect(await refusal(liar.line, "join-room", { roomId: call.room.roomId })).toBe("already_in_room");
  await liar.line.get("leave-room", {});
  expect(await refusal(liar.line, "join-room", { roomId: call.room.roomId })).toBe("forbidden");
  expect(await refusal(liar.line, "resume-room", { ...lies, resumeToken: "x".repeat(43) })).toBe("forbidden");
  expect(await refusal(liar.line, "offer", { ...lies, target: victim, sdp })).toBe("not_in_room");
  await call.isUndisturbed();
});

test("whoever is in the room speaks as themselves and as nobody else", async () => {
  const { one, two, room } = await aCall();
  const liar = await inRoom(room);
  const lies = { from: one.joined.participantId, fromName: "Somebody else", userId: one.joined.participantId };
  await liar.line.get("answer", { ...lies, target: two.joined.participantId, sdp });
  await liar.line.get("toggle-media", {
    ...lies,
    participantId: one.joined.participantId,
    type: "video",
    enabled: false,
  });
  await liar.line.get("chat-message", { ...lies, text: "hi", clientId: "1" });
  const own = liar.joined.participantId;
  expect(await heardBy(two.line, "answer")).toMatchObject({ from: own, fromName: "Guest" });
  expect(await heardBy(two.line, "user-media-toggled")).toMatchObject({ participantId: own, by: own });
  expect(await heardBy(two.line, "chat-message")).toMatchObject({ from: own });
});

test("what is too long, of the wrong kind, binary, or no event at all is refused by its code", async () => {
  const call = await aCall();
  const { line } = await inRoom(call.room);
  const target = call.two.joined.participantId;
  const bad: [Parameters<RoomLine["ask"]>[0], unknown][] = [
    ["offer", { target, sdp: `v=0${"x".repeat(100_000)}` }],
    ["offer", { target, sdp: Buffer.from(sdp) }],
    ["offer", { target, sdp: { sdp: { sdp } } }],
    ["offer", null],
    ["offer", [1, 2, 3]],
    ["offer", "text"],
    ["ice-candidate", { target, candidate: { candidate: "x".repeat(5_000) } }],
    ["ice-candidate", { target, candidates: Array.from({ length: 500 }, () => ({ candidate: "" })) }],
    ["join-room", { roomId: "room_nothing" }],
    ["join-room", { roomId: { $ne: null } }],
    ["chat-message", { text: "x".repeat(50_000), clientId: "1" }],
    ["chat-message", { text: " \u0000 ", clientId: "1" }],
    ["reaction", { emoji: "<img src=x>" }],
    ["moderate", { action: "drop table" }],
    ["toggle-media", { type: "audio", enabled: "yes" }],
    ["time-sync", { t0: Number.NaN }],
  ];
  for (const [name, body] of bad) expect(await refusal(line, name, body), `${name}`).toBe("invalid_payload");
  const shout = line.socket as unknown as { emit(...said: unknown[]): void }; // nothing here is an event of ours
  shout.emit("no-such-event", { a: 1 }, Buffer.alloc(10));
  shout.emit("offer");
  shout.emit("__proto__", { constructor: 1 });
  expect(await heardBy(line, "error")).toMatchObject({ code: "invalid_payload", event: "offer" });
  await call.isUndisturbed();
});

test("a description of five megabytes closes its own line and no other", async () => {
  const call = await aCall();
  const { line, joined } = await inRoom(call.room);
  line.socket.emit(
    "offer",
    { target: call.two.joined.participantId, sdp: `v=0${"x".repeat(5_000_000)}` },
    () => undefined,
  );
  await heardBy(line, "disconnect");
  expect(await fetch(`${served.url}/livez`).then((answer) => answer.status)).toBe(200);
  await call.one.line.get("offer", { target: call.two.joined.participantId, sdp, negId: "after" });
  await until(() => expect(call.two.line.of("offer").at(-1)).toMatchObject({ negId: "after" }));
  expect(call.two.line.of("offer").every(({ from }) => from !== joined.participantId)).toBe(true);
});

test("ten thousand events a second end the line that sends them, and keep it away for a while", async () => {
  const call = await aCall();
  const room = call.room;
  const { token } = await aGuest(room);
  const line = await openLine(served.url, { auth: { token } });
  const { participantId } = await line.get("join-room", { roomId: room.roomId });
  const target = call.two.joined.participantId;
  const startedAt = performance.now();
  for (let count = 0; count < 10_000; count += 1)
    line.socket.emit("ice-candidate", { target, candidate: { candidate: `candidate:${count}` } }, () => undefined);
  await heardBy(line, "disconnect");
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(line.of("kicked")).toMatchObject([{ reason: "flood" }]);
  expect(await heardBy(call.two.line, "user-left")).toMatchObject({ participantId, reason: "left" });
  // The bucket let through what it holds, and what trickled in meanwhile.
  expect(call.two.line.of("ice-candidate").length).toBeLessThanOrEqual(700);
  await expect(openLine(served.url, { auth: { token } })).rejects.toMatchObject({ data: { code: "rate_limited" } });
  await call.one.line.get("offer", { target, sdp, negId: "after" });
  await until(() => expect(call.two.line.of("offer").at(-1)).toMatchObject({ negId: "after" }));
});

test("too much of one event is refused, and says when to try again", async () => {
  const { one } = await aCall();
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => one.line.ask("chat-message", { text: "hello", clientId: String(at) })),
  );
  const refused = answers.filter((answer) => !answer.ok);
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ ok: false, error: { code: "rate_limited", retryAfterMs: expect.any(Number) } });
});

test("what was answered well is counted with what was refused, each time the numbers are read", async () => {
  const { one } = await aCall();
  const answered = async (outcome: string) => {
    const { values } = await metrics().socketEvents.get();
    return values.find(({ labels }) => labels.event === "reaction" && labels.outcome === outcome)?.value ?? 0;
  };
  const before = { ok: await answered("ok"), refused: await answered("invalid_payload") };
  await one.line.get("reaction", { emoji: "🎉" });
  await one.line.get("reaction", { emoji: "👍" });
  await one.line.ask("reaction", { emoji: "?" });
  expect(await answered("ok")).toBe(before.ok + 2);
  expect(await answered("ok")).toBe(before.ok + 2);
  expect(await answered("invalid_payload")).toBe(before.refused + 1);
});

test("a name full of HTML stays the text that it is, and hides nothing", async () => {
  const { one, room } = await aCall();
  const name = `<img src=x onerror="alert(1)">\u202e\u0007`;
  const { token } = await aGuest(room);
  const line = await openLine(served.url, { auth: { token } });
  const { participantId } = await line.get("join-room", { roomId: room.roomId, name });
  await until(() =>
    expect(one.line.of("user-joined").at(-1)).toMatchObject({ participantId, name: `<img src=x onerror="alert(1)">` }),
  );
  expect(await refusal(line, "update-participant", { name: "\u200b\u200b" })).toBe("invalid_payload");
  expect(await refusal(line, "update-participant", { name: "x".repeat(61) })).toBe("invalid_payload");
});

test("a token that was altered, is for something else, or has run out opens no line", async () => {
  const room = await aRoom();
  const { token } = await aGuest(room);
  const [head, body = "", tail] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, role: "host", rid: newId("room") })).toString("base64url");
  const unsigned = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  for (const bad of [`${head}.${forged}.${tail}`, `${unsigned}.${body}.`, `${token}x`, "x".repeat(3_000)])
    await expect(openLine(served.url, { auth: { token: bad } })).rejects.toMatchObject({
      data: { code: "unauthenticated" },
    });
  // A token to a room is none to the API, nor the other way about.
  const answer = await fetch(`${served.url}/api/rooms`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(401);
});

test("one token opens twenty lines and no more until one closes, and another token does not mind", async () => {
  const room = await aRoom();
  const [guest, other] = [await aGuest(room), await aGuest(room)];
  const open = ({ token }: { token: string }) => openLine(served.url, { auth: { token } });
  const [first] = await Promise.all(Array.from({ length: 20 }, () => open(guest)));
  await expect(open(guest)).rejects.toMatchObject({ data: { code: "too_many_sockets", details: { limit: 20 } } });
  await open(other);
  first?.socket.disconnect();
  await until(async () => void (await open(guest)));
});
