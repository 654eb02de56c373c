// needs: processes
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { days, later } from "@/lib/time";
import { plainEnv } from "./embedded-postgres/account";
import { bearer, keyIn, post, registerAt, statusOfKey, statusOfLogin } from "./testing/callers";
import { newDataDir, signal, startServer } from "./testing/processes";
import { programOf } from "./testing/programs";

vi.setConfig({ testTimeout: 120_000 });

const FOLLOW_MS = 1_500;

/** `npm run time -- ...`, without npm. */
async function time(dataDir: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [programOf("cli"), "time", ...words], {
    cwd: resolve(import.meta.dirname, ".."),
    env: { ...plainEnv, PARLEY_MODE: "local", PARLEY_DATA: dataDir },
  });
  return stdout;
}

test("the command moves the clock of every process of the folder, which keeps it when it starts again", async () => {
  const dataDir = newDataDir();
  const one = await startServer(dataDir);
  const other = await startServer(dataDir);
  const person = await registerAt(one.url);
  const wanted = { name: "For a day", scopes: ["rooms:read"], expiresAt: later(new Date(), days(1)) };
  const { key } = keyIn((await post(`${one.url}/api/keys`, wanted, bearer(person.token))).body);
  expect(await statusOfKey(other.url, key)).toBe(200);

  expect(await time(dataDir, "+2", "days")).toMatch(/^It is .*\nOutside it is /);
  const refused = (url: string) => vi.waitFor(async () => expect(await statusOfKey(url, key)).toBe(401), FOLLOW_MS);
  await Promise.all([refused(one.url), refused(other.url)]);
  // Logins live by another clock.
  expect(await statusOfLogin(one.url, person.token)).toBe(200);

  for (const { pid, ended } of [one, other]) {
    signal(pid, "SIGKILL");
    await ended;
  }
  await expect(time(dataDir)).rejects.toThrow("No local Parley runs here");
  const again = await startServer(dataDir);
  expect(await statusOfKey(again.url, key)).toBe(401);
  expect(await time(dataDir)).toMatch(/Outside it is /);
});
