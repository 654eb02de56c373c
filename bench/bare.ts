import { createServer } from "node:http";

/** The least that Node can do for the same answer: no key, no limit, no log. What everything else is compared with. */
const answer = {
  id: "key_01k00000000000000000000000",
  name: "First key",
  label: "mk",
  scopes: [
    "rooms:read",
    "rooms:write",
    "rooms:join",
    "gateway:call",
    "usage:read",
    "usage:write",
    "billing:read",
    "billing:portal",
    "billing:cancel",
  ],
  expiresAt: null,
};

const server = createServer((_req, res) => {
  const body = JSON.stringify(answer);
  res.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(body) });
  res.end(body);
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) process.stdout.write(`ready at http://localhost:${address.port}\n`);
});
