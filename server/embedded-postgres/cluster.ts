import { spawn } from "node:child_process";
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { type Account, plainEnv } from "./account";
import { ROLE } from "./connection";

export type Creation = { cluster: string; initdb: string; account: Account; password: string; durable: boolean };

/** Makes the files of a server. They get their name only when they are whole, so a crash here leaves nothing half made. */
export async function makeCluster(creation: Creation): Promise<void> {
  const { cluster, account, password } = creation;
  const prefix = `${cluster}.unfinished`;
  removeUnfinished(prefix);

  // Named after us: an initdb that outlived a killed start may still be writing into its own.
  const unfinished = `${prefix}-${process.pid}`;
  const passwordFile = `${unfinished}.password`;
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account.owner) {
      for (const path of [unfinished, passwordFile]) chownSync(path, account.owner.uid, account.owner.gid);
    }
    await initdb(creation, unfinished, passwordFile);
    renameSync(unfinished, cluster);
  } finally {
    removeUnfinished(prefix);
  }
}

function removeUnfinished(prefix: string): void {
  const folder = dirname(prefix);
  for (const name of readdirSync(folder).filter((name) => name.startsWith(basename(prefix)))) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function initdb(creation: Creation, unfinished: string, passwordFile: string): Promise<void> {
  const { file, words, as } = creation.account.command(creation.initdb, [
    ...["-D", unfinished, "-U", ROLE, "--pwfile", passwordFile, "--auth", "scram-sha-256", "--encoding", "UTF8"],
    ...["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
    ...(creation.durable ? [] : ["--no-sync"]),
  ]);
  const child = spawn(file, words, {
    ...as,
    cwd: "/",
    env: plainEnv,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [complaint, code] = await Promise.all([text(child.stderr), ended]);
  if (code !== 0) throw new Error(`The database could not be made: ${gist(complaint) || `initdb ended with ${code}`}`);
}

/** Of what a PostgreSQL program said, the one line that tells what went wrong. */
export function gist(words: string): string {
  const lines = words.trim().split("\n");
  const cause = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.findLast((line) => /error/i.test(line));
  return (cause ?? lines.at(-1) ?? "").replace(/^.*?(FATAL|PANIC|error): +/, "").trim();
}
