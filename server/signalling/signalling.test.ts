import { connect } from "node:net";
import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createTeam } from "@/lib/accounts/create-team";
import { switchAccount } from "@/lib/accounts/switch";
import { actorOfLogin, forgetLogin } from "@/lib/auth/live-logins";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { logins } from "@/lib/db/schema";
import { env } from "@/lib/env";
import type { Id } from "@/lib/ids";
import { createKey } from "@/lib/keys/create";
import { regenerateKey } from "@/lib/keys/regenerate";
import { revokeKey } from "@/lib/keys/revoke";
import { updateKey } from "@/lib/keys/update";
import { revokeLogin } from "@/lib/logins/revoke";
import { announceChange } from "@/lib/outbox/announce";
import { deferred } from "@/lib/testing/deferred";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { type Served, serveWithLoops } from "../testing/serve";
import { startRecheck } from "./recheck";

const OWN = "http://localhost:3000";
const FOREIGN = "https://elsewhere.example";

let served: Served;
/** Holds a socket whose right is proved and that is not open yet. */
let standInDoorway: (() => Promise<void>) | undefined;
beforeAll(async () => {
  served = await serveWithLoops();
  served.io.use((_socket, next) => void Promise.resolve(standInDoorway?.()).then(() => next()));
});
afterAll(() => served.close());

type Shown = { auth?: Record<string, string>; headers?: Record<string, string>; reconnect?: boolean };

/** A socket that says who it is, and everything that it hears. */
function knock({ auth = {}, headers = {}, reconnect = false }: Shown) {
  const socket = io(served.url, {
    auth,
    extraHeaders: headers,
    transports: ["websocket"],
    forceNew: true,
    reconnection: reconnect,
    reconnectionDelay: 10,
  });
  onTestFinished(() => void socket.disconnect());
  const heard: string[] = [];
  socket.onAny((event: string, body: { what?: string }) => heard.push(body.what ? `${event} ${body.what}` : event));
  socket.on("disconnect", () => heard.push("disconnect"));
  return { socket, heard };
}

const connected = (socket: Socket) =>
  new Promise<void>((open, refused) => {
    socket.once("connect", open);
    socket.once("connect_error", refused);
  });

async function listenAs(shown: Shown) {
  const line = knock(shown);
  await connected(line.socket);
  return line;
}

/** The code that a refused socket hears, or how the line was closed on it. */
const refusalOf = (shown: Shown): Promise<string> =>
  connected(knock(shown).socket).then(
    () => "connected",
    (error: Error & { data?: { code: string } }) => error.data?.code ?? error.message,
  );

const cookieOf = async ({ loginId, userId }: Person) => {
  const token = await encode({ token: { sid: loginId, uid: userId }, secret: env().NEXTAUTH_SECRET ?? "" });
  return `next-auth.session-token=${token}`;
};

const announce = ({ ctx, accountId }: Person, what: "members" | "keys" = "members") =>
  inTx(ctx, (tx) => announceChange(tx, accountId, what));

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

test("a page of ours opens a socket by its cookie", async () => {
  const cookie = await cookieOf(await aPerson());
  expect(await refusalOf({ headers: { cookie, origin: OWN } })).toBe("connected");
});

test("the same cookie from elsewhere, or from nowhere, opens nothing", async () => {
  const cookie = await cookieOf(await aPerson());
  expect(await refusalOf({ headers: { cookie, origin: FOREIGN } })).not.toBe("connected");
  expect(await refusalOf({ headers: { cookie, origin: "null" } })).not.toBe("connected");
  expect(await refusalOf({ headers: { cookie, origin: "http://localhost:5173" } })).toBe("origin_not_allowed");
  expect(await refusalOf({ headers: { cookie } })).toBe("unauthenticated");
});

test("a program opens one by token or by key, and by nothing less", async () => {
  const { token, apiKey } = await aPerson();
  expect(await refusalOf({ auth: { token } })).toBe("connected");
  expect(await refusalOf({ auth: { apiKey } })).toBe("connected");
  expect(await refusalOf({})).toBe("unauthenticated");
  expect(await refusalOf({ auth: { token: `${token}x` } })).toBe("unauthenticated");
  expect(await refusalOf({ auth: { apiKey: `${apiKey}x` } })).toBe("invalid_key");
});

test("what was revoked opens nothing", async () => {
  const person = await aPerson();
  const made = await createKey(person.ctx, { name: "Old", label: "mk", allowedOrigins: [], expiresAt: null });
  await revokeKey(person.ctx, { id: made.id });
  expect(await refusalOf({ auth: { apiKey: made.apiKey.key } })).toBe("invalid_key");
  const cookie = await cookieOf(person);
  await revokeLogin(person.ctx, { id: person.loginId });
  await until(async () => expect(await refusalOf({ auth: { token: person.token } })).toBe("unauthenticated"));
  expect(await refusalOf({ headers: { cookie, origin: OWN } })).toBe("unauthenticated");
});

test("an account's news reaches its own sockets and nobody else's", async () => {
  const [ours, theirs] = [await aPerson(), await aPerson()];
  const colleague = await aMember(ours.accountId, "member");
  const lines = await Promise.all([ours, colleague, theirs].map(({ token }) => listenAs({ auth: { token } })));
  const byKey = await listenAs({ auth: { apiKey: ours.apiKey } });
  const [owner, member, stranger] = lines.map(({ heard }) => heard);

  await announce(ours);
  await announce(theirs, "keys");
  await until(() => expect(stranger).toEqual(["account:changed keys"]));
  for (const heard of [owner, member, byKey.heard]) expect(heard).toEqual(["account:changed members"]);
});

test("a page hears of keys that are made, changed, replaced and revoked elsewhere", async () => {
  const person = await aPerson();
  const { heard } = await listenAs({ auth: { token: person.token } });
  const news = async (work: Promise<{ id: Id<"key"> }>) => {
    const { id } = await work;
    await until(() => expect(heard.splice(0)).toEqual(["account:changed keys"]));
    return id;
  };
  const made = await news(createKey(person.ctx, { name: "Nightly", label: "mk", allowedOrigins: [], expiresAt: null }));
  await news(updateKey(person.ctx, { id: made, changes: { name: "Hourly" } }));
  const next = await news(regenerateKey(person.ctx, { keyId: made, overlapHours: 0, compromised: false }));
  await news(revokeKey(person.ctx, { id: next }));
});

test("news leaves when its transaction commits, and never when it does not", async () => {
  const person = await aPerson();
  const { heard } = await listenAs({ auth: { token: person.token } });
  const undone = inTx(person.ctx, async (tx) => {
    await announceChange(tx, person.accountId, "members");
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");

  await inTx(person.ctx, async (tx) => {
    await announceChange(tx, person.accountId, "keys");
    // Somebody else's news travels meanwhile, so the loop has looked.
    await announce(person, "members");
    await until(() => expect(heard).toEqual(["account:changed members"]));
  });
  await until(() => expect(heard).toEqual(["account:changed members", "account:changed keys"]));
});

test("a login that acts for another account hears that one from then on, and the one before no more", async () => {
  const person = await aPerson();
  const before = await aMember(person.accountId, "member");
  const { id: team } = await createTeam(person.ctx, { name: "Reading room" });
  const { heard } = await listenAs({ auth: { token: person.token } });
  await switchAccount(person.ctx, { accountId: team });
  await until(() => expect(rooms(person)).toEqual([`account:${team}`, `login:${person.loginId}`]));
  await until(() => expect(heard).toEqual(["account:changed account"]));

  heard.splice(0);
  await announce(before);
  await announce({ ...person, accountId: team }, "keys");
  await until(() => expect(heard).toEqual(["account:changed keys"]));
});

test("a line that comes back as somebody else does not hear for the one before", async () => {
  const [first, second] = [await aPerson(), await aPerson()];
  const { socket, heard } = await listenAs({ auth: { token: first.token }, reconnect: true });
  await announce(first);
  await until(() => expect(heard).toEqual(["account:changed members"]));

  socket.auth = { token: second.token };
  socket.io.engine.close();
  await until(() => expect(heard).toContain("disconnect"));
  await until(() => expect(socket.connected).toBe(true));
  await until(() => expect(rooms(second)).toEqual([`account:${second.accountId}`, `login:${second.loginId}`]));
  heard.splice(0);
  await announce(first);
  await announce(second, "keys");
  await until(() => expect(heard).toEqual(["account:changed keys"]));
});

test("a login that ends is told so and cut off; a key that ends is cut off", async () => {
  const person = await aPerson();
  const made = await createKey(person.ctx, { name: "Old", label: "mk", allowedOrigins: [], expiresAt: null });
  const [login, key] = [
    await listenAs({ auth: { token: person.token } }),
    await listenAs({ auth: { apiKey: made.apiKey.key } }),
  ];
  await revokeKey(person.ctx, { id: made.id });
  await until(() => expect(key.heard).toContain("disconnect"));
  expect(login.socket.connected).toBe(true);
  await revokeLogin(person.ctx, { id: person.loginId });
  await until(() => expect(login.heard.slice(-2)).toEqual(["login:ended", "disconnect"]));
});

test("a right that ends between its proof and the opening of the socket leaves no socket", async () => {
  const person = await aPerson();
  const doorway = deferred<void>();
  const proved = new Promise<void>((there) => {
    standInDoorway = async () => {
      there();
      await doorway.promise;
    };
  });
  const { socket, heard } = knock({ auth: { token: person.token } });
  await proved;
  await revokeLogin(person.ctx, { id: person.loginId });
  await until(async () => expect(await actorOfLogin(person)).toBeUndefined());

  doorway.resolve(undefined);
  standInDoorway = undefined;
  await until(() => expect(heard).toContain("disconnect"));
  expect(socket.connected).toBe(false);
  expect(rooms(person)).toEqual([]);
});

/** Where the sockets of a login are. */
function rooms({ loginId }: Person): string[] {
  const { adapter, sockets } = served.io.sockets;
  return [...(adapter.rooms.get(`login:${loginId}`) ?? [])]
    .flatMap((id) => [...(sockets.get(id)?.rooms ?? [])].filter((room) => room !== id))
    .sort();
}

test("an upgrade elsewhere, or for a foreign host, is cut off without a word", async () => {
  const upgrade = (target: string, host: string) =>
    new Promise<string>((done, failed) => {
      let answer = "";
      const line = connect(served.port, "127.0.0.1", () =>
        line.write(
          `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        ),
      );
      line.on("data", (chunk) => {
        answer += chunk;
        line.destroy();
      });
      line.once("close", () => done(answer.split("\r\n")[0] ?? ""));
      line.once("error", failed);
    });
  expect(await upgrade("/socket.io/?EIO=4&transport=websocket", "localhost:3000")).toBe(
    "HTTP/1.1 101 Switching Protocols",
  );
  expect(await upgrade("/socket.io/?EIO=4&transport=websocket", "elsewhere.example")).toBe("");
  expect(await upgrade("/elsewhere", "localhost:3000")).toBe("");
});

test("a key is heard from the origins it lists, and from no other", async () => {
  const person = await aPerson();
  const { apiKey } = await createKey(person.ctx, {
    name: "Booking page",
    label: "mk",
    allowedOrigins: ["https://book.example"],
    expiresAt: null,
  });
  const from = (origin: string) => refusalOf({ auth: { apiKey: apiKey.key }, headers: { origin } });
  expect(await from("https://book.example")).toBe("connected");
  expect(await from("https://other.example")).toBe("origin_not_allowed");
});

test("a socket ends when its login simply runs out", async () => {
  const person = await aPerson();
  const { heard } = await listenAs({ auth: { token: person.token } });
  const recheck = startRecheck(served);
  onTestFinished(() => recheck.stop());
  await db()
    .update(logins)
    .set({ expiresAt: new Date(0) })
    .where(eq(logins.id, person.loginId));
  await until(() => {
    forgetLogin(person.loginId);
    recheck.kick();
    expect(heard).toContain("disconnect");
  });
});
