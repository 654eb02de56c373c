import type { AddressInfo } from "node:net";
import { mountApi } from "../api";
import { createHttp, guard, type Parts } from "../app";
import { startLoops } from "../boot/loops";
import type { Health } from "../operations";
import { routes } from "../routes.gen";
import { type Opened, openSignalling } from "../signalling/open";

export type Served = Opened & { url: string; port: number; drain(): void; close(): Promise<void> };

/** Says what a page would have been asked. */
const plainPage: Parts["pages"] = async (req, res) =>
  void res.setHeader("content-type", "text/plain").end(`page ${req.url} ${JSON.stringify(req.headers)}`);

/** The whole server on a free port, with a plain page where the page framework would be. */
export async function serve({ pages = plainPage } = {}): Promise<Served> {
  const http = createHttp();
  const signalling = await openSignalling(http);
  const health: Health = { state: "ready" };
  const api = mountApi(routes);
  guard(http, {
    health,
    api: () => api,
    pages,
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo; // a TCP server that listens has one
  return {
    ...signalling,
    url: `http://127.0.0.1:${port}`,
    port,
    drain: () => {
      health.state = "draining";
    },
    close: async () => {
      http.closeAllConnections();
      await signalling.io.close();
      await signalling.settle();
    },
  };
}

/** With the loops that bring news to lines, which end before it does. */
export async function serveWithLoops(): Promise<Served> {
  const served = await serve();
  const loops = await startLoops(served);
  return {
    ...served,
    close: async () => {
      await loops.stop();
      await served.close();
    },
  };
}
