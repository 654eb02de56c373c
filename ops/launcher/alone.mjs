import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { own } from "./places.mjs";
import { say } from "./say.mjs";

const file = own("launcher.lock");
const BEAT_MS = 2_000;
const SILENT_MS = 30_000;
const me = `${process.pid} ${Date.now()} ${Math.random()}`;

/** Two launchers in one checkout install and build one after the other. The second finds it done. */
export async function alone(work) {
  mkdirSync(dirname(file), { recursive: true });
  await acquire();
  const beat = setInterval(touch, BEAT_MS);
  beat.unref();
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

async function acquire() {
  for (let told = false; !take(); ) {
    if (clearAbandoned()) continue;
    if (!told) say("Another start is at work in this checkout; waiting for it.");
    told = true;
    await pause(200);
  }
}

function take() {
  try {
    writeFileSync(file, me, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Only one of several waiters wins the rename; if what it moved turns out to be alive, it is put back. */
function clearAbandoned() {
  const holder = read(file);
  if (holder === undefined) return true;
  if (!isAbandoned(holder)) return false;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return true;
  }
  if (read(aside) !== holder) renameSync(aside, file);
  else rmSync(aside, { force: true });
  return true;
}

function isAbandoned(holder) {
  const pid = Number(holder.split(" ")[0]);
  try {
    if (Date.now() - statSync(file).mtimeMs > SILENT_MS) return true;
    if (pid) process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function touch() {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody removed .data; the next start makes it again.
  }
}

function release() {
  if (read(file) === me) rmSync(file, { force: true });
}
