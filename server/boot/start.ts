import type { Server as HttpServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { afterCommit } from "@/lib/ctx";
import { closePool, db } from "@/lib/db/client";
import { env, exportForFrameworks, provide } from "@/lib/env";
import { log } from "@/lib/log";
import { seconds } from "@/lib/time";
import { loadClock } from "@/lib/time-machine/load";
import { type ApiListener, mountApi } from "../api";
import { createHttp, guard } from "../app";
import { watchApi } from "../dev-api";
import type { Health } from "../operations";
import { openPages } from "../pages";
import { routes } from "../routes.gen";
import { announceDrain, openSignalling } from "../signalling/open";
import { addressOf, noteAddress } from "./address";
import { layGround } from "./database";
import { drain, openConnections } from "./drain";
import { greet } from "./greet";
import { listenOn } from "./listen";
import { startLoops } from "./loops";
import { seedOnce } from "./seed";
import { setUpLocalStripe } from "./set-up-stripe";
import { startStripe } from "./stripe";
import { welcomeOnce } from "./welcome";

const LOCAL_NOTICE_MS = 300;
/** A loop that hangs on a database that says nothing does not hold up the end. */
const LOOPS_MS = seconds(2);

export type Parley = { greeting: string; stop(): Promise<void> };

/** Brings the whole product up, from the database to the listening port, and says how to take it down again. */
export async function startParley(): Promise<Parley> {
  const startedAt = performance.now();
  const ground = await layGround();
  await loadClock(db());
  const stripe = await startStripe();
  const health: Health = { state: "starting" };
  const http = createHttp();
  const connections = openConnections(http);
  const signalling = await openSignalling(http);
  let pages: Awaited<ReturnType<typeof openPages>> | undefined;
  const api = await openApi();
  guard(http, {
    health,
    api: api.current,
    pages: async (req, res) => (pages ? pages.serve(req, res) : void res.writeHead(503, { "retry-after": "1" }).end()),
    pageSockets: env().NODE_ENV === "development",
  });

  const { PORT, HOST } = env();
  const port = await listen(http);
  const forgetAddress = env().isProduction ? () => undefined : noteAddress(env().PARLEY_DATA, { host: HOST, port });
  await setUpLocalStripe({ runsHere: stripe.url !== undefined, address: addressOf({ host: HOST, port }) });
  if (env().PARLEY_ROLES.includes("web")) pages = await openPages(http);
  const demo = await seedOnce();
  await welcomeOnce();
  const loops = await startLoops(signalling);

  const stop = async (): Promise<void> => {
    health.state = "draining";
    forgetAddress();
    announceDrain(signalling.io);
    // Closed and not disconnected: a socket that was told to leave would not come back.
    await drain(http, { connections, noticeMs: noticeMs(), cutSockets: () => signalling.io.engine.close() });
    // Who was in a room is written down before the database is let go.
    await Promise.race([signalling.settle(), wait(LOOPS_MS)]);
    await Promise.race([Promise.all([loops.stop(), stripe.stop()]), wait(LOOPS_MS)]);
    await api.close();
    await pages?.close();
    afterCommit().kick = () => undefined;
    await closePool();
    await ground.stop();
    log().info("stopped");
  };
  health.state = "ready";
  log().info({ port, roles: env().PARLEY_ROLES, took_ms: Math.round(performance.now() - startedAt) }, "ready");
  return { greeting: greet({ port, wantedPort: PORT, demo, stripeUrl: stripe.url }), stop };
}

/** Takes a port, and goes by its address where nobody gave this deployment another one. */
async function listen(http: HttpServer): Promise<number> {
  const { PORT, HOST, isPortChosen, PUBLIC_URL, FRONTEND_URL } = env();
  const port = await listenOn(http, { port: PORT, host: HOST, insisted: isPortChosen });
  if (!PUBLIC_URL && !FRONTEND_URL) provide({ PUBLIC_URL: `http://localhost:${port}` });
  exportForFrameworks();
  return port;
}

async function openApi(): Promise<{ current: () => ApiListener | undefined; close(): Promise<void> }> {
  const { NODE_ENV, PARLEY_API_MOUNT } = env();
  if (NODE_ENV === "development") return watchApi();
  const listener = mountApi(routes);
  return { current: () => (PARLEY_API_MOUNT === "pages" ? undefined : listener), close: async () => undefined };
}

/** On a developer's machine nobody stands between us and the reader. */
const noticeMs = () => (env().isProduction ? seconds(2) : LOCAL_NOTICE_MS);
