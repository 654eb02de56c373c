import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { provide } from "@/lib/env";
import { aPerson } from "@/lib/testing/people";
import { type Served, serve } from "../testing/serve";

let served: Served;
beforeAll(async () => {
  vi.stubEnv("TRUSTED_PROXIES", "127.0.0.1");
  vi.stubEnv("RATE_LIMIT_ANONYMOUS", "7");
  provide({});
  served = await serve();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  provide({});
  await served.close();
});

type Refusal = { code: string; details?: { limit: number }; retryAfterMs?: number };
type Shown = { auth: Record<string, string>; ip: string };

/** One try to open a socket from an address, over the proxy that this machine is. */
async function knock({ auth, ip }: Shown): Promise<{ socket: Socket; refusal: Refusal | undefined }> {
  const socket = io(served.url, {
    auth,
    extraHeaders: { "x-forwarded-for": ip },
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
  });
  onTestFinished(() => void socket.disconnect());
  const refusal = await new Promise<Refusal | undefined>((done, failed) => {
    socket.once("connect", () => done(undefined));
    socket.once("connect_error", (error: Error & { data?: Refusal }) =>
      error.data ? done(error.data) : failed(error),
    );
  });
  return { socket, refusal };
}

const codeOf = async (shown: Shown) => (await knock(shown)).refusal?.code ?? "connected";

const open = async (count: number, shown: Shown) =>
  (await Promise.all(Array.from({ length: count }, () => knock(shown)))).map(({ socket, refusal }) => {
    expect(refusal).toBeUndefined();
    return socket;
  });

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

test("sockets that prove nothing count against their address, together with its requests", async () => {
  const ip = "203.0.113.7";
  const { token } = await aPerson();
  for (let i = 0; i < 4; i += 1) expect(await codeOf({ auth: { token: `${token}x` }, ip })).toBe("unauthenticated");
  const ask = () =>
    fetch(`${served.url}/api/keys`, { headers: { authorization: "Bearer nonsense", "x-forwarded-for": ip } });
  for (let i = 0; i < 3; i += 1) expect((await ask()).status).toBe(401);

  const { refusal } = await knock({ auth: {}, ip });
  expect(refusal).toMatchObject({ code: "rate_limited", retryAfterMs: expect.any(Number) });
  expect((await ask()).status).toBe(429);
  expect(await codeOf({ auth: { apiKey: "mk_nothing" }, ip })).toBe("rate_limited");
  expect(await codeOf({ auth: {}, ip: "203.0.113.8" })).toBe("unauthenticated");
  expect(await codeOf({ auth: { token }, ip })).toBe("connected");
});

test("one user opens twenty sockets and no more until one closes, and nobody else minds", async () => {
  const [person, other] = [await aPerson(), await aPerson()];
  const asPerson = { auth: { token: person.token }, ip: "198.51.100.1" };
  const [first] = await open(20, asPerson);
  expect((await knock({ ...asPerson, ip: "198.51.100.2" })).refusal).toMatchObject({
    code: "too_many_sockets",
    details: { limit: 20 },
  });
  expect(await codeOf({ auth: { token: other.token }, ip: "198.51.100.1" })).toBe("connected");
  expect(await codeOf({ auth: { apiKey: person.apiKey }, ip: "198.51.100.1" })).toBe("connected");

  first?.disconnect();
  await until(async () => expect(await codeOf(asPerson)).toBe("connected"));
});

test("sockets that end in any way give their places back", async () => {
  const { token, loginId } = await aPerson();
  const asPerson = { auth: { token }, ip: "198.51.100.3" };
  const [first, ...rest] = await open(20, asPerson);
  first?.io.engine.close();
  served.io.in(`login:${loginId}`).disconnectSockets(true);
  await until(() => expect(rest.every(({ connected }) => !connected)).toBe(true));
  await until(() => expect(served.io.sockets.adapter.rooms.has(`login:${loginId}`)).toBe(false));
  await open(20, asPerson);
});

test("one network opens five hundred, whoever comes from there", async () => {
  const { apiKey } = await aPerson();
  const asKey = { auth: { apiKey }, ip: "2001:db8:5:5::1" };
  await open(500, asKey);
  expect((await knock({ ...asKey, ip: "2001:db8:5:5::2" })).refusal).toMatchObject({
    code: "too_many_sockets",
    details: { limit: 500 },
  });
  expect(await codeOf({ ...asKey, ip: "2001:db8:5:6::1" })).toBe("connected");
});
