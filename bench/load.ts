import { connect, type Socket } from "node:net";

/**
 * Keeps a number of connections busy with one request each, for a while, and
 * says how many were answered. Runs as a process of its own, on bare sockets,
 * so that what is measured is the server and not this.
 */
export type Load = {
  port: number;
  path: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
};
export type Answered = { calls: number; refused: number; seconds: number; p50Ms: number; p99Ms: number };

const HEAD_END = Buffer.from("\r\n\r\n");

function run({ port, path, headers, connections, seconds }: Load): Promise<Answered> {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  const request = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const waits: number[] = [];
  let refused = 0;
  let open = connections;

  return new Promise((resolve, reject) => {
    const finish = () => {
      open -= 1;
      if (open > 0) return;
      waits.sort((a, b) => a - b);
      const at = (share: number) => waits[Math.floor(waits.length * share)] ?? 0;
      resolve({
        calls: waits.length,
        refused,
        seconds: (performance.now() - startedAt) / 1_000,
        p50Ms: at(0.5),
        p99Ms: at(0.99),
      });
    };

    const onAnswer = (startedMs: number, status: string): boolean => {
      const now = performance.now();
      waits.push(now - startedMs);
      if (status !== "200") refused += 1;
      if (now < endsAt) return true;
      finish();
      return false;
    };
    for (let i = 0; i < connections; i += 1) {
      const socket = connect(port, "127.0.0.1").on("error", reject);
      keepAsking(socket, { request, onAnswer });
    }
  });
}

type Asking = { request: Buffer; onAnswer: (startedMs: number, status: string) => boolean };

/** Asks, waits for the whole answer, and asks again for as long as it is told to. */
function keepAsking(socket: Socket, { request, onAnswer }: Asking): void {
  let sentAt = 0;
  let seen: Buffer = Buffer.alloc(0);
  const ask = () => {
    sentAt = performance.now();
    socket.write(request);
  };
  socket.setNoDelay(true);
  socket.on("connect", ask);
  socket.on("data", (chunk) => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    if (!isWhole(seen)) return;
    const status = seen.toString("latin1", 9, 12);
    seen = Buffer.alloc(0);
    if (onAnswer(sentAt, status)) ask();
    else socket.destroy();
  });
}

function isWhole(answer: Buffer): boolean {
  const headEnd = answer.indexOf(HEAD_END);
  if (headEnd < 0) return false;
  const head = answer.toString("latin1", 0, headEnd);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return answer.length >= headEnd + 4 + Number(length);
  return answer.toString("latin1", answer.length - 5) === "0\r\n\r\n";
}

process.on("message", (load: Load) => {
  run(load).then(
    (answered) => process.send?.(answered),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
