import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import { plainEnv } from "./account";

/**
 * Waits for the end of its input, which comes when its parent ends in any way at all, kill -9 included. Then it
 * removes the parent's lease and, when nobody else holds one, stops the server. It takes the lock that starters
 * take, so that it cannot stop a server somebody is just about to use.
 */
const SCRIPT = `
lease=$1 leases=$2 lock=$3 pidfile=$4

alive() {
  kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || return 1
  [ -r "/proc/$1/stat" ] || return 0
  read -r stat < "/proc/$1/stat" || return 1
  mark=$2
  set -- \${stat##*) }
  [ "$1" != Z ] && { [ -z "$mark" ] || [ "\${20}" = "$mark" ]; }
}

while read -r line; do :; done
rm -f "$lease"

tries=0
until (set -C; echo "$$ " > "$lock") 2>/dev/null; do
  read -r holder mark < "$lock" 2>/dev/null || holder=
  if [ -n "$holder" ] && ! alive "$holder" "$mark"; then rm -f "$lock"; fi
  tries=$((tries + 1))
  [ "$tries" -gt 600 ] && exit 1
  sleep 0.1
done

others=
for file in "$leases"/*; do
  name=\${file##*/}
  rest=\${name#*-}
  [ -e "$file" ] && alive "\${name%%-*}" "\${rest%%-*}" && others=yes
done

if [ -z "$others" ] && read -r pid < "$pidfile" 2>/dev/null; then
  case $(tr '\\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null || ps -o command= -p "$pid") in
    *postgres*"\${pidfile%/postmaster.pid}"*) kill -INT "$pid" ;;
  esac
  tries=0
  while alive "$pid" "" && [ "$tries" -lt 300 ]; do tries=$((tries + 1)); sleep 0.1; done
fi
rm -f "$lock"
`;

export type Watched = { lease: string; leases: string; lock: string; pidFile: string };

/** Starts the watchdog of this process; closing its input lets it go. */
export function startWatchdog({ lease, leases, lock, pidFile }: Watched): { release(): void } {
  if (process.platform === "win32") return { release() {} };

  const watchdog: ChildProcess = spawn(
    "/bin/sh",
    ["-c", SCRIPT, "parley-postgres-watchdog", lease, leases, lock, pidFile],
    { detached: true, cwd: "/", env: plainEnv, stdio: ["pipe", "ignore", "ignore"] },
  );
  // A machine without a shell still works: an orphaned server is adopted by the next start.
  watchdog.on("error", () => {});
  watchdog.stdin?.on("error", () => {});
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return { release: () => watchdog.kill("SIGKILL") };
}
