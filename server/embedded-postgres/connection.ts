import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { z } from "zod";

export const HOST = "127.0.0.1";
export const ROLE = "parley";

/** Below the range from which systems hand out ports by themselves, so that ours is still free after a restart. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
const TRIES = 50;

const Connection = z.object({ port: z.int().positive(), password: z.string().min(20) });
/** How to reach the server. Kept beside its files, readable by the user who starts it alone. */
export type Connection = z.output<typeof Connection>;

export const urlOf = ({ port, password }: Connection, database: string): string =>
  `postgres://${ROLE}:${password}@${HOST}:${port}/${database}`;

export function readConnection(file: string): Connection {
  if (!existsSync(file))
    throw new Error(`The database has lost ${file}, which says how to reach it. Remove the folder to start afresh.`);
  try {
    return Connection.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new Error(`${file}, which says how to reach the database, is damaged. Remove the folder to start afresh.`);
  }
}

export function writeConnection(file: string, connection: Connection): void {
  writeFileSync(`${file}.next`, JSON.stringify(connection), { mode: 0o600 });
  renameSync(`${file}.next`, file);
}

export async function newConnection(): Promise<Connection> {
  return { port: await freePort(), password: randomBytes(24).toString("base64url") };
}

export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST_PORT + (randomBytes(2).readUInt16BE() % PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error("No port is free for the database.");
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: HOST, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
