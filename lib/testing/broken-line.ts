import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What becomes of requests that change something. `garbled`: they arrive, and their answer cannot be read. */
export type LineState = "fine" | "silent" | "slow" | "garbled" | "declined";

export type BrokenLine = { url: string; state: LineState; slowMs: number; stop(): Promise<void> };

const DECLINED = JSON.stringify({
  error: {
    type: "card_error",
    code: "card_declined",
    decline_code: "generic_decline",
    message: "Your card was declined.",
  },
});

/** A line to a local Stripe that can be disturbed where the Stripe itself stays well. */
export async function aBrokenLine(to: string): Promise<BrokenLine> {
  const server: Server = createServer((req, res) => {
    const isDisturbed = req.method === "POST" && line.state !== "fine";
    if (isDisturbed && line.state === "silent") return;
    if (isDisturbed && line.state === "declined") return void res.writeHead(402, JSON_TYPE).end(DECLINED);
    const forward = (): void => {
      const onward = request(new URL(req.url ?? "/", to), { method: req.method, headers: req.headers }, (answer) => {
        res.writeHead(answer.statusCode ?? 500, isDisturbed && line.state === "garbled" ? JSON_TYPE : answer.headers);
        if (isDisturbed && line.state === "garbled") return void answer.resume().once("end", () => res.end('{"id": "'));
        answer.pipe(res);
      });
      onward.once("error", () => res.destroy());
      req.pipe(onward);
    };
    if (isDisturbed && line.state === "slow") void wait(line.slowMs).then(forward);
    else forward();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const line: BrokenLine = {
    url: `http://127.0.0.1:${port}`,
    state: "fine",
    slowMs: 10_000,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  return line;
}

const JSON_TYPE = { "content-type": "application/json" };
