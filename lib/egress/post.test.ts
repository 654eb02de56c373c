import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcp, type Socket } from "node:net";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { provide } from "@/lib/env";
import { KEPT_BYTES, postOut } from "./post";
import { requireReachable } from "./require-reachable";
import type { Resolve } from "./resolve";

function setting(value: "true" | "false"): void {
  vi.stubEnv("WEBHOOKS_TO_LOOPBACK", value);
  provide({});
}
beforeEach(() => setting("false"));

async function receiver(listen: RequestListener, { host = "127.0.0.1", port: wanted = 0 } = {}) {
  const seen: string[] = [];
  const server = createServer((req, res) => {
    seen.push(`${req.method} ${req.headers.host} ${req.url}`);
    listen(req, res);
  });
  await new Promise<void>((done) => server.listen(wanted, host, done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return { seen, port, url: `http://localhost:${port}/hook` };
}

const said = (status: number, body = "") => ((_req, res) => res.writeHead(status).end(body)) satisfies RequestListener;
const to = (...addresses: string[]): Resolve => {
  return async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
};
const post = (url: string, resolve?: Resolve) => postOut({ url, headers: { "x-of": "test" }, body: "{}" }, resolve);

test("a name that was public when it was saved and leads home when it is used reaches nothing", async () => {
  const home = await receiver(said(200));
  const name = `http://rebind.example.com:80/hook`;
  await requireReachable("url", name, to("93.184.216.34"));
  const reply = await post(name, to("127.0.0.1"));
  expect(reply).toMatchObject({ outcome: "failed", why: expect.stringContaining("private or special network") });
  expect(home.seen).toEqual([]);
});

test.each([
  ["loopback", "127.0.0.1"],
  ["private", "10.1.2.3"],
  ["carrier-grade NAT", "100.64.0.1"],
  ["link-local metadata", "169.254.169.254"],
  ["multicast", "224.0.0.1"],
  ["this network", "0.0.0.0"],
  ["loopback, IPv6", "::1"],
  ["mapped loopback", "::ffff:127.0.0.1"],
  ["unique local", "fd00:ec2::254"],
  ["link-local, IPv6", "fe80::1"],
])("a name that leads to %s is refused at save and at connect", async (_, address) => {
  const name = "https://hooks.example.com/";
  await expect(requireReachable("url", name, to(address))).rejects.toMatchObject({ code: "invalid" });
  await expect(requireReachable("url", name, to("93.184.216.34", address))).rejects.toMatchObject({ code: "invalid" });
  for (const resolve of [to(address), to("93.184.216.34", address), to(address, "93.184.216.34")])
    expect(await post(name, resolve)).toMatchObject({ outcome: "failed", why: expect.stringContaining("private") });
});

test("what may not be saved is not connected to either, should it stand in the database", async () => {
  setting("false");
  const home = await receiver(said(200));
  for (const url of [
    home.url,
    `http://127.0.0.1:${home.port}/`,
    `http://2130706433:${home.port}/`,
    `http://u:p@127.0.0.1:${home.port}/`,
  ])
    expect(await post(url)).toMatchObject({ outcome: "failed" });
  expect(home.seen).toEqual([]);
});

test("the connection goes to what was judged: the name is asked once, and by us", async () => {
  setting("true");
  const address = `127.77.${process.pid % 250}.7`;
  const home = await receiver(said(200, "thanks"), { host: address, port: 8080 });
  let asked = 0;
  const flips: Resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? address : "169.254.169.254", family: 4 }];
  };
  const reply = await post("http://hooks.example.com:8080/hook", flips);
  expect(reply).toMatchObject({ outcome: "answered", status: 200, body: "thanks" });
  expect([asked, home.seen]).toEqual([1, ["POST hooks.example.com:8080 /hook"]]);
});

test("a redirect is an answer and is not followed", async () => {
  setting("true");
  const behind = await receiver(said(200));
  const before = await receiver((_req, res) => res.writeHead(307, { location: behind.url }).end());
  expect(await post(before.url)).toMatchObject({ outcome: "answered", status: 307 });
  expect(behind.seen).toEqual([]);
});

test("an endless answer is read to its first kilobyte and cut", async () => {
  setting("true");
  let broken = false;
  const home = await receiver((_req, res) => {
    res.writeHead(200);
    const timer = setInterval(() => res.write("a".repeat(700)), 5);
    res.on("close", () => {
      clearInterval(timer);
      broken = true;
    });
  });
  const reply = await post(home.url);
  expect(reply.outcome === "answered" && reply.body.length).toBe(KEPT_BYTES);
  await expect.poll(() => broken).toBe(true);
});

test("whatever bytes come back can be kept and shown", async () => {
  setting("true");
  const home = await receiver((_req, res) => res.writeHead(500).end(Buffer.from([0x00, 0xff, 0x41, 0x0a, 0x1b])));
  expect(await post(home.url)).toMatchObject({ status: 500, body: "\ufffd\ufffdA\n\ufffd" });
});

test("a receiver that trickles or says nothing is left after fifteen seconds", { timeout: 40_000 }, async () => {
  setting("true");
  const silent = await tcp(() => undefined);
  const trickling = await tcp((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    const timer = setInterval(() => socket.write("x-slow: 1\r\n"), 500);
    socket.on("close", () => clearInterval(timer));
  });
  const replies = await Promise.all([post(silent), post(trickling)]);
  for (const reply of replies) {
    expect(reply).toMatchObject({ outcome: "failed", why: "The receiver did not answer within 15 seconds." });
    expect(reply.durationMs).toBeGreaterThan(14_000);
  }
});

test("says in a sentence what is wrong with a receiver", async () => {
  setting("true");
  const gone = await receiver(said(200));
  const noHttp = await tcp((socket) => socket.end("SSH-2.0-OpenSSH\r\n"));
  const reset = await tcp((socket) => socket.destroy());
  expect(await post(`http://127.0.0.1:1025/`)).toMatchObject({ why: "The receiver refused the connection." });
  expect(await post(noHttp)).toMatchObject({ why: "The answer is not HTTP." });
  expect(await post(reset)).toMatchObject({ why: "The receiver broke the connection." });
  expect(await post(`https://localhost:${gone.port}/`)).toMatchObject({ outcome: "failed" });
  expect(await post("https://no-such-name.example.com/", () => Promise.reject(new Error("ENOTFOUND")))).toMatchObject({
    why: "No address is known for no-such-name.example.com.",
  });
});

async function tcp(serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // a TCP server that listens has one
}
