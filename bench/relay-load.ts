import { WebSocket } from "ws";

/**
 * Pairs of lines that send to each other, as a process of its own. It writes the frames of Socket.IO by hand, so that
 * what is measured is the server and not a client library.
 */
export type Opening = { name: string; port: number; kind: "ws" | "io"; rooms: string[]; apiKey?: string };
export type Asked =
  | ({ act: "open" } & Opening)
  | { act: "saturate"; name: string; seconds: number }
  | { act: "pace"; name: string; perSecond: number; seconds: number }
  | { act: "idle"; port: number; count: number; apiKey?: string };
export type Told = { messages: number; refused: number; seconds: number; p50Ms: number; p99Ms: number };

type End = { socket: WebSocket; id: string; other: string; kind: "ws" | "io"; onMessage: (body: string) => void };

const PADDING = "candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 0.0.0.0 rport 0 ".padEnd(
  440,
  "x",
);
const EVENT = '42["ice-candidate",';
const AT_ONCE = 40;
/** One address holds only so many lines, so they come from several; Linux answers to the whole of 127.0.0.0/8. */
const ADDRESSES = 16;

const ends = new Map<string, [End, End][]>();
let refused = 0;
let opened = 0;

const send = ({ socket, kind, other }: End, stamp: number): void =>
  socket.send(
    kind === "ws"
      ? `${stamp} ${PADDING}`
      : `${EVENT}{"target":"${other}","candidate":{"candidate":"${stamp} ${PADDING}","sdpMid":"0","sdpMLineIndex":0}}]`,
  );

const stampOf = (said: string): number => {
  const at = said.indexOf('"candidate":"');
  return Number.parseFloat(at < 0 ? said : said.slice(at + 13, at + 40));
};

function openLine(
  port: number,
  kind: "ws" | "io",
  auth: object,
): Promise<{ socket: WebSocket; ask: (body: object) => Promise<Record<string, unknown>>; end: End }> {
  const path = kind === "ws" ? "/" : "/socket.io/?EIO=4&transport=websocket";
  opened += 1;
  const localAddress = `127.0.0.${2 + (opened % ADDRESSES)}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false, localAddress });
  const end: End = { socket, id: "", other: "", kind, onMessage: () => undefined };
  let answered: (body: Record<string, unknown>) => void = () => undefined;
  return new Promise((resolve, reject) => {
    const ask = (body: object) =>
      new Promise<Record<string, unknown>>((told) => {
        answered = told;
        socket.send(`421["join-room",${JSON.stringify(body)}]`);
      });
    socket.once("error", reject);
    if (kind === "ws") socket.once("open", () => resolve({ socket, ask, end }));
    socket.on("message", (data) => {
      const said = String(data);
      if (kind === "ws" || said.startsWith(EVENT)) return end.onMessage(said);
      if (said === "2") return socket.send("3");
      if (said.startsWith("0")) return socket.send(`40${JSON.stringify(auth)}`);
      if (said.startsWith("40")) return resolve({ socket, ask, end });
      if (said.startsWith("44")) return reject(new Error(said));
      if (said.startsWith("431")) return answered(JSON.parse(said.slice(3))[0]);
      if (said.startsWith('42["error"')) refused += 1;
    });
  });
}

async function open({ name, port, kind, rooms, apiKey }: Opening): Promise<Told> {
  const pairs: [End, End][] = [];
  const waits: number[] = [];
  const startedAt = performance.now();
  const waiting = [...rooms];
  const worker = async () => {
    for (let room = waiting.shift(); room !== undefined; room = waiting.shift()) {
      const lines = [await openLine(port, kind, { apiKey }), await openLine(port, kind, { apiKey })];
      for (const line of lines) await join(line, room, waits);
      const [one, two] = lines.map(({ end }) => end);
      if (!one || !two) continue;
      one.other = two.id;
      two.other = one.id;
      pairs.push([one, two]);
    }
  };
  // One after the other where the acknowledgement is what is measured.
  await Promise.all(Array.from({ length: kind === "io" && apiKey ? 4 : AT_ONCE }, worker));
  ends.set(name, pairs);
  return figures(waits, startedAt);
}

async function join({ socket, ask, end }: Awaited<ReturnType<typeof openLine>>, roomId: string, waits: number[]) {
  if (end.kind === "ws") {
    const joined = new Promise<void>((there) => {
      end.onMessage = () => there();
    });
    socket.send(roomId);
    return joined;
  }
  const askedAt = performance.now();
  const answer = await ask({ roomId, name: "Bench" });
  waits.push(performance.now() - askedAt);
  const joined = answer.data as { participantId: string } | undefined;
  if (!joined) throw new Error(JSON.stringify(answer));
  end.id = joined.participantId;
}

/** Every end answers what it hears at once, so the server is never idle. */
function saturate(name: string, seconds: number): Promise<Told> {
  const waits: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  for (const pair of ends.get(name) ?? []) {
    for (const [at, end] of pair.entries()) {
      end.onMessage = (said) => {
        const nowMs = performance.now();
        waits.push(nowMs - stampOf(said));
        if (nowMs < endsAt) send(end, nowMs);
      };
      if (at === 0) send(end, performance.now());
    }
  }
  return new Promise((done) => setTimeout(() => done(figures(waits, startedAt)), seconds * 1_000 + 300));
}

/** So many a second, whatever the server says. */
function pace(name: string, perSecond: number, seconds: number): Promise<Told> {
  const all = (ends.get(name) ?? []).flat();
  const waits: number[] = [];
  const startedAt = performance.now();
  for (const end of all) end.onMessage = (said) => void waits.push(performance.now() - stampOf(said));
  let sent = 0;
  return new Promise((done) => {
    const timer = setInterval(() => {
      const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond));
      for (; sent < due; sent += 1) {
        const end = all[sent % all.length];
        if (end) send(end, performance.now());
      }
      if (sent < perSecond * seconds) return;
      clearInterval(timer);
      setTimeout(() => done(figures(waits, startedAt)), 300);
    }, 2);
  });
}

async function idle(port: number, count: number, apiKey: string | undefined): Promise<Told> {
  const startedAt = performance.now();
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await openLine(port, "io", { apiKey });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return figures([], startedAt);
}

function figures(waits: number[], startedAt: number): Told {
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? 0;
  const told = {
    messages: waits.length,
    refused,
    seconds: (performance.now() - startedAt) / 1_000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
  refused = 0;
  return told;
}

const act = (asked: Asked): Promise<Told> => {
  if (asked.act === "open") return open(asked);
  if (asked.act === "idle") return idle(asked.port, asked.count, asked.apiKey);
  if (asked.act === "saturate") return saturate(asked.name, asked.seconds);
  return pace(asked.name, asked.perSecond, asked.seconds);
};

process.on("message", (asked: Asked) => {
  act(asked).then(
    (told) => process.send?.(told),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
