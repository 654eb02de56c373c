import { createServer } from "node:http";
import { Server } from "socket.io";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * The least that Socket.IO, or `ws` alone, can do for the same work: no key, no schema, no bucket, no check of who may
 * speak to whom. Socket.IO has the options of the product.
 */
const http = createServer();

if (process.argv[2] === "ws") relayBare();
else relaySocketIo();

http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object" && address) process.stdout.write(`ready at http://localhost:${address.port}\n`);
});

/** The first word on a line names its pair; every later one goes to the other end. */
function relayBare(): void {
  const pairs = new Map<string, WebSocket[]>();
  const others = new WeakMap<WebSocket, WebSocket[]>();
  new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (line) => {
    line.on("message", (said) => {
      const pair = others.get(line);
      if (pair) {
        for (const other of pair) if (other !== line) other.send(said, { binary: false });
        return;
      }
      const name = String(said);
      const joined = pairs.get(name) ?? [];
      joined.push(line);
      pairs.set(name, joined);
      others.set(line, joined);
      line.send("joined");
    });
  });
}

function relaySocketIo(): void {
  const io = new Server(http, {
    transports: ["websocket", "polling"],
    maxHttpBufferSize: 131_072,
    pingInterval: 10_000,
    pingTimeout: 5_000,
    connectTimeout: 10_000,
    serveClient: false,
    perMessageDeflate: false,
  });
  io.on("connection", (line) => {
    line.on("join-room", async ({ roomId }, ack) => {
      const users = [...(io.sockets.adapter.rooms.get(roomId) ?? [])].map((id) => ({ id }));
      await line.join(roomId);
      ack({ ok: true, data: { participantId: line.id, users } });
    });
    line.on("ice-candidate", ({ target, ...said }) => {
      io.to(target).emit("ice-candidate", { ...said, from: line.id });
    });
  });
}
