import type { AddressInfo } from "node:net";
import postgres from "postgres";
import { log } from "@/lib/log";
import { serveControl } from "./control/serve";
import { deliverDue } from "./events/deliver";
import { secondsOf } from "./http/execute";
import { createFaults } from "./http/faults";
import { createRequestLog } from "./http/request-log";
import { createRouter } from "./http/router";
import { createLocalServer } from "./http/server";
import { includes, operations, work } from "./operations";
import { servePage } from "./pages/serve";
import { reactions } from "./reactions";
import { type Landmarks, landmarks } from "./store/landmarks";
import { nextDue, runDue } from "./store/run-due";
import { ensureTables } from "./store/tables";
import { noteWhere } from "./store/where";
import { serveStripeJs } from "./stripe-js/serve";
import { advanceClocks } from "./test-clocks/advance";
import { unbuilt, unbuiltFamilies } from "./unbuilt";

type Options = { databaseUrl: string; port: number; host: "127.0.0.1"; now?: () => Date };

export type LocalStripe = {
  url: string;
  port: number;
  stop(): Promise<void>;
  /** The earliest instant at which something is due, for whoever moves the clock. */
  nextDue(): Promise<Date | null>;
  /** What people go to by name: the next renewal, the next invoice, the next card that expires. */
  landmarks(): Promise<Landmarks>;
  /** Does what is due until an instant, each thing at its own time. */
  runDue(until: Date): Promise<number>;
  /** Waits until nothing is due by now and every webhook that can be delivered is. */
  settle(): Promise<void>;
};

const POLL_MS = 200;
const MOST_ROUNDS = 100;

/** Starts the local Stripe on loopback. Its state is in the schema `stripe_local` and outlives it. */
export async function startLocalStripe({
  databaseUrl,
  port,
  host,
  now = () => new Date(),
}: Options): Promise<LocalStripe> {
  const sql = postgres(databaseUrl, { max: 6, onnotice: () => undefined });
  await ensureTables(sql);

  let url = "";
  const surroundings = { reactions, origin: () => url };
  const faults = createFaults();
  const requests = createRequestLog();
  const conductor = { ...surroundings, sql, work };
  const clock = { now: () => secondsOf(now()), elapsed: () => Math.floor(Date.now() / 1_000) };
  const due = {
    runDue: async (until: number) => (await runDue(conductor, until)) + (await advanceClocks(conductor)),
    nextDue: () => nextDue(sql),
  };

  const server = createLocalServer({
    house: { ...surroundings, sql, includes, now },
    router: createRouter(operations, unbuilt, unbuiltFamilies),
    faults,
    requests,
    local: async (request, response) =>
      (await serveStripeJs({ now }, request, response)) ||
      (await servePage({ ...surroundings, sql, now }, request, response)) ||
      serveControl(
        { ...surroundings, ...due, sql, faults, requests, now, settle, coverage: coverage() },
        request,
        response,
      ),
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // it listens on TCP
  url = `http://${host}:${address.port}`;
  await noteWhere(sql, url);

  let stopping = false;
  // Two queues: an endpoint that hangs holds up deliveries and nothing else.
  const working = queue(() => (stopping ? Promise.resolve(0) : due.runDue(clock.now())), "due work");
  const delivering = queue(() => (stopping ? Promise.resolve(0) : deliverDue(sql, clock)), "deliveries");
  const kick = (): void => {
    void working.turn();
    void delivering.turn();
  };
  const timer = setInterval(kick, POLL_MS);
  const listener = await sql.listen("stripe_local_deliveries", kick);

  async function settle(): Promise<void> {
    for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
      const worked = await working.turn();
      if (worked + (await delivering.turn()) === 0) return;
    }
  }

  return {
    url,
    port: address.port,
    settle,
    runDue: (until) => due.runDue(secondsOf(until)),
    landmarks: () => landmarks(sql, clock.now()),
    async nextDue() {
      const at = await due.nextDue();
      return at === null ? null : new Date(at * 1_000);
    },
    async stop() {
      if (stopping) return;
      stopping = true;
      clearInterval(timer);
      await listener.unlisten();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([working.idle(), delivering.idle()]);
      await sql.end({ timeout: 5 });
    },
  };
}

/** One turn at a time. Turns asked for while one waits are that one. */
function queue(once: () => Promise<number>, what: string): { turn(): Promise<number>; idle(): Promise<unknown> } {
  let running: Promise<number> = Promise.resolve(0);
  let waiting: Promise<number> | undefined;
  const safely = async (): Promise<number> => {
    waiting = undefined;
    try {
      return await once();
    } catch (error) {
      log().error({ error }, `the local Stripe's ${what} failed`);
      return 0;
    }
  };
  return {
    turn() {
      waiting ??= running.then(safely);
      running = waiting;
      return waiting;
    },
    idle: () => running,
  };
}

const coverage = (): object => ({ built: operations.map(({ name }) => name), unbuilt, families: unbuiltFamilies });
