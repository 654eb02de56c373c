import type { Server } from "node:http";

const MOST_TRIES = 20;

/** Listens on the port, or on the next free one when nobody insisted on this one. */
export async function listenOn(
  http: Server,
  wanted: { port: number; host: string; insisted: boolean },
): Promise<number> {
  const tries = wanted.insisted || wanted.port === 0 ? 1 : MOST_TRIES;
  for (let port = wanted.port; port < wanted.port + tries; port += 1) {
    const bound = await tryPort(http, port, wanted.host);
    if (bound !== undefined) return bound;
  }
  throw new Error(`Port ${wanted.port} is taken. Start with another one: PORT=${wanted.port + 1} npm start`);
}

function tryPort(http: Server, port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error);
    http.once("error", onError);
    http.listen(port, host, () => {
      http.off("error", onError);
      const address = http.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
