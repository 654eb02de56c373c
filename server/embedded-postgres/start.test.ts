// needs: processes
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { isAlive } from "./liveness";
import { findPostmaster, pidFileOf } from "./pid-file";
import { startPostgres } from "./start";

const HERE = dirname(fileURLToPath(import.meta.url));
const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };

/** Starting processes takes long on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

/** Making a cluster takes a second, so the tests that do not need a fresh one take turns on this. */
const made: string[] = [];
const shared = newFolder();
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-postgres-"));
  made.push(folder);
  return folder;
}

const options = (dataDir: string) => ({ dataDir, database: "parley", durable: false });
const postmasterOf = (dataDir: string) => findPostmaster(join(dataDir, "cluster"))?.pid ?? 0;
const gone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 15_000 });

async function connect(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, backoff: () => 0.05 });
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

const USER = `
  import { startPostgres } from ${JSON.stringify(join(HERE, "start.ts"))};
  const server = await startPostgres(JSON.parse(process.argv[1]));
  console.log(server.url);
  process.stdin.on("end", async () => { await server.stop(); process.exit(); }).resume();
`;

/** Another process that uses the server until its input ends, or until it is killed. */
async function anotherUser(dataDir: string, as: Partial<typeof NOBODY> = {}): Promise<ChildProcess & { url: string }> {
  const words = ["--import", "tsx", "--input-type=module", "-e", USER, JSON.stringify(options(dataDir))];
  const child = spawn(process.execPath, words, { ...as, stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [url = ""] = await new Promise<string[]>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve([line]));
    child.once("exit", () => reject(new Error("The other process ended early.")));
  });
  return Object.assign(child, { url });
}

test("two first starts at once share one server, and the last to be killed takes it along", async () => {
  const dataDir = newFolder();
  const [first, second] = await Promise.all([anotherUser(dataDir), anotherUser(dataDir)]);
  expect(first.url).toBe(second.url);
  const postmaster = postmasterOf(dataDir);

  first.kill("SIGKILL");
  const sql = await connect(second.url);
  await expect(sql`select 1 as one`).resolves.toEqual([{ one: 1 }]);
  second.kill("SIGKILL");
  await gone(postmaster);
});

test("a killed server comes back on the same address with every acknowledged row", async () => {
  const server = await startPostgres({ ...options(shared), durable: true });
  onTestFinished(server.stop);
  const sql = await connect(server.url);
  await sql`create table if not exists written (mark text)`;
  const mark = randomUUID();
  await sql`insert into written values (${mark})`;

  const killed = postmasterOf(shared);
  process.kill(killed, "SIGKILL");
  await vi.waitFor(() => expect([0, killed]).not.toContain(postmasterOf(shared)), { timeout: 15_000 });
  await vi.waitFor(async () => expect(await sql`select mark from written where mark = ${mark}`).toEqual([{ mark }]), {
    timeout: 15_000,
  });
});

test("the last one out stops the server, and stopping twice changes nothing", async () => {
  const [one, other] = [await startPostgres(options(shared)), await startPostgres(options(shared))];
  const postmaster = postmasterOf(shared);
  await one.stop();
  await one.stop();
  expect(isAlive(postmaster)).toBe(true);
  await other.stop();
  expect(isAlive(postmaster)).toBe(false);
});

test("a server whose users are all gone is adopted", async () => {
  const user = await anotherUser(shared);
  const orphan = postmasterOf(shared);
  for (const watchdog of childrenOf(user.pid ?? 0).filter((pid) => pid !== orphan)) process.kill(watchdog, "SIGKILL");
  user.kill("SIGKILL");
  await gone(user.pid ?? 0);

  const server = await startPostgres(options(shared));
  onTestFinished(server.stop);
  expect(postmasterOf(shared)).toBe(orphan);
});

test("a pid file that names a live process of the same user does not stand in the way", async () => {
  const server = await startPostgres(options(shared));
  const pidFile = pidFileOf(join(shared, "cluster"));
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const { uid, gid } = statSync(pidFile);
  await server.stop();

  const bystander = spawn("sleep", ["60"], isRoot ? { uid, gid } : {});
  onTestFinished(() => void bystander.kill());
  writeFileSync(pidFile, [bystander.pid, ...lines.slice(1)].join("\n"));
  chownSync(pidFile, uid, gid);
  chmodSync(pidFile, 0o600);

  const again = await startPostgres(options(shared));
  onTestFinished(again.stop);
  await expect((await connect(again.url))`select 1 as one`).resolves.toEqual([{ one: 1 }]);
  expect(isAlive(bystander.pid ?? 0)).toBe(true);
});

test("nobody gets in without the password, and the password is nobody else's to read", async () => {
  const server = await startPostgres(options(shared));
  onTestFinished(server.stop);
  const wrong = new URL(server.url);
  wrong.password = "not-the-password";
  await expect((await connect(wrong.href))`select 1`).rejects.toMatchObject({ code: "28P01" });
  expect(statSync(join(shared, "connection.json")).mode & 0o077).toBe(0);
  expect(readFileSync(join(shared, "cluster", "pg_hba.conf"), "utf8")).not.toMatch(/^[^#].*\btrust$/m);
});

test.runIf(isRoot)("root can keep it below a folder that nobody else may enter", async () => {
  const closed = newFolder();
  chmodSync(closed, 0o700);
  const server = await startPostgres(options(join(closed, "data", "postgres")));
  onTestFinished(server.stop);
  await expect((await connect(server.url))`select 1 as one`).resolves.toEqual([{ one: 1 }]);
});

test.runIf(isRoot)("an ordinary user can keep it too", async () => {
  const own = newFolder();
  chownSync(own, NOBODY.uid, NOBODY.gid);
  const dataDir = join(own, "postgres");
  const user = await anotherUser(dataDir, NOBODY);
  expect(statSync(join(dataDir, "cluster")).uid).toBe(NOBODY.uid);
  user.stdin?.end();
  await gone(user.pid ?? 0);
  expect(postmasterOf(dataDir)).toBe(0);
});

test("a start that died half way leaves nothing in the way of the next", async () => {
  const dataDir = newFolder();
  mkdirSync(join(dataDir, "cluster.unfinished-1"));
  mkdirSync(join(dataDir, "leases"));
  // No process has this number, so whoever wrote these is gone.
  writeFileSync(join(dataDir, "lock"), "4194999 12");
  writeFileSync(join(dataDir, "leases", "4194999-12-1"), "");
  const server = await startPostgres(options(dataDir));
  onTestFinished(server.stop);
  await expect((await connect(server.url))`select 1 as one`).resolves.toEqual([{ one: 1 }]);
});

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
}
