import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setClockOffset } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { clock } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { days, formatInstant, later } from "@/lib/time";
import { addSource, removeSource } from "@/lib/time-machine/sources";
import { noteAddress, readAddress } from "../boot/address";
import { type Served, serve } from "../testing/serve";
import { time } from "./time";

let served: Served;
let forget: () => void;
const dataDir = mkdtempSync(join(tmpdir(), "parley-time-"));

beforeEach(async () => {
  setClockOffset(0);
  await db().delete(clock);
  vi.stubEnv("PARLEY_DATA", dataDir);
  provide({});
  served = await serve();
  forget = noteAddress(dataDir, { host: "0.0.0.0", port: served.port });
});
afterEach(async () => {
  removeSource("plans");
  setClockOffset(0);
  await served.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test("moves the clock of the Parley that runs from the data folder, and shows it", async () => {
  expect(await time([])).toBe(`It is ${formatInstant(new Date())}.`);
  const told = await time(["+1", "month"]);
  expect(told).toMatch(/^It is .*UTC\.\nOutside it is .*UTC\.$/);
  expect(await time([])).toBe(told);
});

test("goes to what is due next, and says what it is", async () => {
  const at = later(new Date(), days(9));
  let done = false;
  addSource({
    name: "plans",
    nextDueAt: async () => (done ? null : at),
    drain: async () => {
      done = true;
    },
  });
  expect(await time([])).toContain(`${formatInstant(at)}  plans`);
  expect(await time(["next"])).toContain(`It is ${formatInstant(at)}.`);
  expect(done).toBe(true);
  await expect(time(["next"])).rejects.toThrow("Nothing is due.");
});

test("goes to what comes next of a kind, by its name, and shows it before", async () => {
  const at = later(new Date(), days(9));
  addSource({
    name: "plans",
    nextDueAt: async () => null,
    drain: async () => undefined,
    landmarks: async () => ({
      renewal: null,
      invoice: null,
      card_expiry: { at, what: "Visa ending in 4242, of Noor" },
    }),
  });
  expect(await time([])).toContain(`${formatInstant(at)}  next card expiry: Visa ending in 4242, of Noor`);
  expect(await time(["next", "card", "expiry"])).toContain(`It is ${formatInstant(at)}.`);
  await expect(time(["next", "renewal"])).rejects.toThrow("No subscription renews.");
});

test("says why it does not move", async () => {
  await expect(time(["+1", "fortnight"])).rejects.toThrow("Say how far");
  await expect(time(["2020-01-01T00:00:00Z"])).rejects.toThrow("only goes forward");
  await expect(time(["2020-99-99"])).rejects.toThrow("is not an instant");
});

test("says so where nothing runs, whether it stopped or was killed", async () => {
  const port = served.port;
  forget();
  expect(readAddress(dataDir)).toBeUndefined();
  await expect(time(["+1 month"])).rejects.toThrow("No local Parley runs here");
  noteAddress(dataDir, { host: "127.0.0.1", port });
  await served.close();
  await expect(time(["+1 month"])).rejects.toThrow("No local Parley runs here");
});
