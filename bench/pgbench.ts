import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const DEBIAN = "/usr/lib/postgresql";
const PLACES = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/** PostgreSQL's own load generator, where the machine has it. The one that Debian links needs its libraries beside it. */
export function findPgbench(): string | undefined {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, "bin")) : [];
  return [...debian, ...PLACES].map((folder) => join(folder, "pgbench")).find((file) => existsSync(file));
}

/*
 * The same statement and the same words as the domain function sends. The id is made of the run, the client and a
 * count, so that it costs the server nothing but putting it together. No letter or digit follows a colon, because
 * pgbench would take it for a variable.
 */
const SCRIPT = `\\set n :n + 1
\\set payer random(0, :wallets - 1)
\\set payee random(:wallets, 2 * :wallets - 1)
select post_transfer(format('{"id":"transfer_%s","at":"20260105T120000Z","actorKind":"system","actorId":"bench","requestId":"req_01ke6zv3s80q4n7xw2m5j9t8cd","cause":"bench:%s","kind":"gift.sent","spends": true,"purpose":"gift","legs":[{"account":"account_bench%s","pot":"wallet","amount": -5000},{"account":"account_bench%s","pot":"earnings_pending","amount": 3500},{"pot":"income_commission","amount": 1500}]}',
  to_char(:run::bigint, 'FM0000000000') || to_char(:client_id::bigint, 'FM0000') || to_char(:n::bigint, 'FM000000000000'), :run::text || ':' || :client_id::text || ':' || :n::text, :payer::text, :payee::text)::jsonb) as answer;
`;

type Run = { program: string; url: string; connections: number; seconds: number; wallets: number };

let run = 0;

/** Transfers per second of so many connections that do nothing else. */
export async function pgbench({ program, url, connections, seconds, wallets }: Run): Promise<number> {
  run += 1;
  const folder = resolve(".data/bench");
  mkdirSync(folder, { recursive: true });
  const script = join(folder, "post-transfer.sql");
  writeFileSync(script, SCRIPT);
  const runs = Math.floor(Date.now() / 1_000) + run;
  const settings = [`n=0`, `run=${runs}`, `wallets=${wallets}`].flatMap((setting) => ["-D", setting]);
  const load = ["-n", "-M", "prepared", "-c", String(connections), "-j", "1", "-T", String(seconds)];
  const { stdout } = await promisify(execFile)(program, [...load, ...settings, "-f", script, url]);
  const speed = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (!speed || !/number of failed transactions: 0 /.test(stdout)) throw new Error(`pgbench said:\n${stdout}`);
  return Number(speed);
}
