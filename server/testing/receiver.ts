import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type Received = { id: string; headers: IncomingHttpHeaders; body: string; at: number };

/** Somebody else's server, which takes webhooks and answers as a test says. */
export type Receiver = { url: string; received: Received[]; ids(): string[] };

type Respond = (res: ServerResponse, received: Received) => void;

export async function aReceiver(respond: Respond = (res) => res.writeHead(204).end()): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    const one = { id: String(req.headers["webhook-id"]), headers: req.headers, body, at: Date.now() };
    received.push(one);
    respond(res, one);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return { url: `http://localhost:${port}/hooks`, received, ids: () => received.map(({ id }) => id) };
}
