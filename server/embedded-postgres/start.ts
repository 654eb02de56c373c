import { chmodSync, existsSync, mkdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { chooseAccount } from "./account";
import { findBinaries } from "./binaries";
import { makeCluster } from "./cluster";
import { type Connection, freePort, isFree, newConnection, readConnection, urlOf, writeConnection } from "./connection";
import { ensureDatabase } from "./database";
import { keepRunning } from "./keep-running";
import { hasOtherUsers, takeLease } from "./leases";
import { withLock } from "./lock";
import { findPostmaster, pidFileOf } from "./pid-file";
import { settledPostmaster, startPostmaster, stopPostmaster } from "./postmaster";
import { startWatchdog } from "./watchdog";

export type EmbeddedPostgres = {
  url: string;
  /** Lets go of the server; the last one to do so stops it. Again changes nothing. */
  stop(): Promise<void>;
};

export type StartPostgres = {
  dataDir: string;
  database: string;
  /** Without it a crash of the machine may lose data, and tests are several times faster. */
  durable: boolean;
  /** Hears, in one line, that the server died and what became of it. */
  report?(line: string): void;
};

/**
 * Runs PostgreSQL for this process. Processes that name the same folder share one server; the last one out stops it,
 * whether it leaves or is killed, and a server that dies while somebody uses it is started again.
 */
export async function startPostgres({ report = () => {}, ...options }: StartPostgres): Promise<EmbeddedPostgres> {
  const place = prepare(options);
  const lease = takeLease(place.leases);
  const watchdog = startWatchdog({ ...place, lease, pidFile: pidFileOf(place.cluster) });
  const leave = () => withLock(place.lock, () => giveUp(place, lease)).finally(watchdog.release);

  try {
    const url = await withLock(place.lock, async () => {
      const connection = await ensureRunning(place, lease);
      await ensureDatabase(connection, options.database);
      return urlOf(connection, options.database);
    });
    const keeper = keepRunning({
      find: () => findPostmaster(place.cluster),
      restart: () => withLock(place.lock, () => ensureRunning(place, lease)),
      report,
    });

    let left: Promise<void> | undefined;
    const stop = () => {
      left ??= keeper.stop().then(leave);
      return left;
    };
    return { url, stop };
  } catch (error) {
    // What went wrong first is what the reader needs; the watchdog cleans up whatever this leaves.
    await leave().catch(() => {});
    throw error;
  }
}

type Place = ReturnType<typeof prepare>;

function prepare({ dataDir, durable }: Omit<StartPostgres, "report">) {
  mkdirSync(dataDir, { recursive: true });
  const folder = realpathSync(dataDir);
  // The account that runs the server for root passes through here; every file is closed to it and to others.
  const me = process.getuid?.();
  if (statSync(folder).uid === me) chmodSync(folder, me === 0 ? 0o711 : 0o700);
  const cluster = join(folder, "cluster");
  const binaries = findBinaries();
  return {
    cluster,
    durable,
    binaries,
    account: chooseAccount(binaries.postgres, folder, cluster),
    connectionFile: join(folder, "connection.json"),
    logFile: join(folder, "postgres.log"),
    leases: join(folder, "leases"),
    lock: join(folder, "lock"),
  };
}

/** Adopts the server that runs, or starts one, making its files first where there are none. */
async function ensureRunning(place: Place, lease: string): Promise<Connection> {
  const { cluster, connectionFile, binaries, account, durable } = place;
  if (!existsSync(cluster)) {
    const connection = await newConnection();
    writeConnection(connectionFile, connection);
    await makeCluster({ cluster, initdb: binaries.initdb, account, password: connection.password, durable });
  }

  const connection = readConnection(connectionFile);
  const running = await settledPostmaster(cluster);
  if (running) return { ...connection, port: running.port };

  // Others hold an address with the old port in it, so only a server that nobody uses may move to another one.
  if (!(await isFree(connection.port)) && !hasOtherUsers(place.leases, lease)) {
    connection.port = await freePort();
    writeConnection(connectionFile, connection);
  }
  await startPostmaster({ ...place, program: binaries.postgres, port: connection.port });
  return connection;
}

async function giveUp({ cluster, leases }: Place, lease: string): Promise<void> {
  rmSync(lease, { force: true });
  if (!hasOtherUsers(leases, lease)) await stopPostmaster(cluster);
}
