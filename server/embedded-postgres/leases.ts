import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, startMarkOf } from "./liveness";

let taken = 0;

/** Says that this process uses the server. The name carries all there is to know: pid, start mark, count. */
export function takeLease(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  taken += 1;
  const lease = join(folder, `${process.pid}-${startMarkOf(process.pid)}-${taken}`);
  writeFileSync(lease, "", { mode: 0o600 });
  return lease;
}

/** Whether anybody but `mine` still uses the server. Leases of the dead are removed on the way. */
export function hasOtherUsers(folder: string, mine: string): boolean {
  const others = readdirSync(folder).filter((name) => join(folder, name) !== mine);
  const [live, dead] = [others.filter(isLive), others.filter((name) => !isLive(name))];
  for (const name of dead) rmSync(join(folder, name), { force: true });
  return live.length > 0;
}

function isLive(name: string): boolean {
  const [pid = "", mark = ""] = name.split("-");
  return isAlive(Number(pid), mark);
}
