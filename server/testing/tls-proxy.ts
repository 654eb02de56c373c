import { type IncomingMessage, request } from "node:http";
import { createServer, type Server } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { makeCertificate } from "./certificate";

export type TlsProxy = { port: number; cert: string; close(): Promise<void> };

/** Where the server sees the proxy come from. Linux answers to the whole of 127.0.0.0/8. */
export const PROXY_ADDRESS = "127.0.0.2";

/** A proxy with TLS in front of a plain server, as an operator would run one: it says whom it speaks for, and nothing else. */
export async function openTlsProxy(targetPort: () => number): Promise<TlsProxy> {
  const { key, cert } = makeCertificate("localhost");
  const target = () => ({ host: "127.0.0.1", port: targetPort(), localAddress: PROXY_ADDRESS });
  const proxy: Server = createServer({ key, cert }, (req, res) => {
    const { method, url } = req;
    const onward = request({ ...target(), method, path: url, headers: spokenFor(req) }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.once("error", () => res.headersSent || res.writeHead(502).end());
    req.pipe(onward);
  });
  const lines = new Set<Duplex>();
  proxy.on("secureConnection", (socket) => {
    lines.add(socket);
    socket.once("close", () => lines.delete(socket));
  });
  proxy.on("upgrade", (req, socket, head) => {
    const onward = connect(target(), () => {
      const headers = Object.entries(spokenFor(req)).map(([name, value]) => `${name}: ${value}`);
      onward.write(`${[`GET ${req.url} HTTP/1.1`, ...headers].join("\r\n")}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) end.on("error", () => [socket, onward].map((one) => one.destroy()));
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  const { port } = proxy.address() as AddressInfo; // a TCP server that listens has one
  return {
    port,
    cert,
    close: () => {
      for (const socket of lines) socket.destroy();
      return new Promise((closed) => proxy.close(() => closed()));
    },
  };
}

/** As proxies do: what the client said of hops before it stays, and the client itself is added on the right. */
function spokenFor({ headers, socket }: IncomingMessage) {
  const before = headers["x-forwarded-for"];
  return {
    ...headers,
    "x-forwarded-for": [before, socket.remoteAddress].filter(Boolean).join(", "),
    "x-forwarded-proto": "https",
    "x-forwarded-host": headers.host,
  };
}
