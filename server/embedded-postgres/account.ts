import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";

/** Nothing of ours leaks into PostgreSQL's environment. NODE_ENV is there because Next's types insist on it. */
export const plainEnv = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: "production" as const,
};

type Owner = { uid: number; gid: number };

/** How to start a PostgreSQL program: PostgreSQL refuses to run as root, so root hands it to another account. */
export type Account = {
  owner: Owner | null;
  command(program: string, words: string[]): { file: string; words: string[]; as: Partial<Owner> };
};

/** Chooses the account for a data folder; `program` and `folder` are what it must be able to reach. */
export function chooseAccount(program: string, folder: string, cluster: string): Account {
  if (process.getuid?.() !== 0) {
    refuseForeign(cluster);
    return { owner: null, command: (file, words) => ({ file, words, as: {} }) };
  }

  const owner = existsSync(cluster) ? ownerOf(cluster) : unprivilegedAccount();
  const account = [
    plainAccount(owner),
    ...["dac_read_search", "dac_override"].map((name) => keeping(owner, name)),
  ].find((candidate) => reaches(candidate, program, folder));
  if (account) return account;
  throw new Error(
    `PostgreSQL cannot run as root, and the account ${owner.uid} cannot reach ${folder}. ` +
      "Run as an ordinary user, or set DATABASE_URL.",
  );
}

const plainAccount = (owner: Owner): Account => ({ owner, command: (file, words) => ({ file, words, as: owner }) });

/**
 * For a checkout below a folder that only root may enter: the account keeps one capability, to pass through it.
 * The secure bit makes access(2), by which PostgreSQL finds its own programs, respect that capability.
 */
const keeping = (owner: Owner, capability: string): Account => ({
  owner,
  command: (file, words) => ({
    file: "setpriv",
    words: [
      ...[`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups", "--securebits=+no_setuid_fixup"],
      ...[`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, "--", file, ...words],
    ],
    as: {},
  }),
});

function reaches(account: Account, program: string, folder: string): boolean {
  const script = '[ -x "$0" ] && "$0" --version && cd "$1"';
  const { file, words, as } = account.command("/bin/sh", ["-c", script, program, folder]);
  return spawnSync(file, words, { ...as, cwd: "/", env: plainEnv, stdio: "ignore" }).status === 0;
}

function ownerOf(path: string): Owner {
  const { uid, gid } = statSync(path);
  if (uid === 0) throw new Error(`${path} belongs to root, and PostgreSQL cannot run as root. Remove it or chown it.`);
  return { uid, gid };
}

/** initdb insists on an account with a name. */
function unprivilegedAccount(): Owner {
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("PostgreSQL cannot run as root, and there is no account to run it as. Set DATABASE_URL.");
}

function refuseForeign(cluster: string): void {
  if (!existsSync(cluster)) return;
  const { uid } = statSync(cluster);
  if (process.getuid && uid !== process.getuid()) {
    throw new Error(`The database in ${cluster} belongs to user ${uid}. Start as that user or as root, or remove it.`);
  }
}
