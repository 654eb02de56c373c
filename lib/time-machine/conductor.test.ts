import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { businessNow, setClockOffset } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { clock } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { guestCtx } from "@/lib/testing/people";
import { addMonths, days, hours, later, minutes, seconds } from "@/lib/time";
import { conduct } from "./conductor";
import { abandonJourney } from "./journey";
import { readClock } from "./queries";
import { addSource, removeSource, type Source } from "./sources";

const NAMES = ["plans", "letters", "payouts"];

beforeEach(async () => {
  log().level = "silent";
  setClockOffset(0);
  await db().delete(clock);
  await db().execute(sql`drop table if exists errands`);
  await db().execute(sql`
    create table errands (id bigserial primary key, source text not null, what text not null, due_at timestamptz not null,
      done_at timestamptz, place bigint)`);
});
afterEach(() => {
  for (const name of NAMES) removeSource(name);
});

type Errand = { id: string; what: string; due_at: Date };
type Reaction = (errand: Errand) => Promise<void>;

const plan = (source: string, what: string, dueAt: Date) =>
  db().execute(
    sql`insert into errands (source, what, due_at) values (${source}, ${what}, ${dueAt.toISOString()}::timestamptz)`,
  );

/** A source whose work is rows. What an errand brings about is written in the same transaction. */
function aSource(name: string, react: Reaction = async () => undefined): Source {
  const due = async (until: Date): Promise<Errand | undefined> => {
    const [row] = await db().execute<{ id: string; what: string; due: string }>(sql`
      select id, what, due_at::text as due from errands
      where source = ${name} and done_at is null and due_at <= ${until.toISOString()}::timestamptz order by due_at, id limit 1`);
    return row && { id: row.id, what: row.what, due_at: new Date(row.due) };
  };
  return {
    name,
    async nextDueAt() {
      const [row] = await db().execute<{ at: string | null }>(
        sql`select min(due_at)::text as at from errands where source = ${name} and done_at is null`,
      );
      return row?.at ? new Date(row.at) : null;
    },
    async drain(until) {
      for (let errand = await due(until); errand; errand = await due(until)) {
        await react(errand);
        await db().execute(sql`
          update errands set done_at = ${businessNow().toISOString()}::timestamptz, place = (select count(*) from errands where done_at is not null)
          where id = ${errand.id}`);
      }
    },
  };
}

/** What was done, in the order in which it was, each with its distance from the start and from its own instant. */
async function told(start: Date): Promise<string[]> {
  const rows = await db().execute<{ source: string; what: string; due: string; done: string }>(
    sql`select source, what, due_at::text as due, done_at::text as done from errands where done_at is not null order by place`,
  );
  return rows.map(({ source, what, due, done }) => {
    const late = new Date(done).getTime() - new Date(due).getTime();
    return `${source} ${what} +${new Date(due).getTime() - start.getTime()} late ${late}`;
  });
}

/** A plan renews each month and sends a letter an hour later; every second letter brings a payout, tried three times. */
async function aCompany(start: Date): Promise<void> {
  addSource(
    aSource("plans", async ({ what, due_at }) => {
      const months = Number(what.split(" ")[1]) + 1;
      await plan("plans", `renewal ${months}`, addMonths(start, months, 31));
      await plan("letters", `invoice ${months}`, later(due_at, hours(1)));
    }),
  );
  addSource(
    aSource("letters", async ({ what, due_at }) => {
      if (Number(what.split(" ")[1]) % 2 === 0) await plan("payouts", `try 1 of ${what}`, due_at);
      else await plan("letters", `reminder 0 of ${what}`, later(due_at, days(5)));
    }),
  );
  addSource(
    aSource("payouts", async ({ what, due_at }) => {
      const [, count = "", ...of] = what.split(" ");
      if (Number(count) < 3) await plan("payouts", `try ${Number(count) + 1} ${of.join(" ")}`, later(due_at, days(2)));
    }),
  );
  await plan("plans", "renewal 0", later(start, minutes(10)));
}

const LENGTH_MS = days(92);

/** Lives three months from now, with a stop at each of these parts of the way, and tells what happened. */
async function live(stops: number[]): Promise<string[]> {
  await db().execute(sql`truncate errands`);
  for (const name of NAMES) removeSource(name);
  const start = new Date(Math.ceil(businessNow().getTime() / minutes(1)) * minutes(1));
  await aCompany(start);
  for (const part of [...new Set(stops)].sort((a, b) => a - b))
    await conduct(guestCtx(), { to: later(start, Math.max(1, Math.round((part * LENGTH_MS) / 1_000_000))) }).catch(
      ifPast,
    );
  await conduct(guestCtx(), { to: later(start, LENGTH_MS) });
  return told(start);
}

/** A stop in the first instants may be over before it is asked for. */
function ifPast(error: { code?: string }): void {
  if (error.code !== "invalid") throw error;
}

/** Months differ in length, so every life of a test begins on the same day of the calendar. */
async function toADayThatRepeats(): Promise<void> {
  const now = businessNow();
  await conduct(guestCtx(), { to: new Date(Date.UTC(now.getUTCFullYear() + 1, 2, 1)) });
}

test("a leap does all that is due on the way, each at its instant, and what it brings about", async () => {
  const start = later(new Date(), minutes(1));
  await aCompany(start);
  await conduct(guestCtx(), { to: later(start, days(62)) });
  const done = await told(start);
  expect(done.slice(0, 3)).toEqual([
    `plans renewal 0 +${minutes(10)} late 0`,
    `letters invoice 1 +${minutes(70)} late 0`,
    `letters reminder 0 of invoice 1 +${minutes(70) + days(5)} late 0`,
  ]);
  expect(done.length).toBeGreaterThan(8);
  expect(done.every((line) => line.endsWith(" late 0"))).toBe(true);
  expect(businessNow().getTime() - later(start, days(62)).getTime()).toBeLessThan(seconds(2));
});

test("any split of a jump into steps gives the same events in the same order", async () => {
  await toADayThatRepeats();
  let reference = await live([]);
  expect(reference.length).toBeGreaterThan(10);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 999_999 }), { maxLength: 12 }), async (stops) => {
      await toADayThatRepeats();
      expect(await live(stops)).toEqual(reference);
    }),
    { numRuns: 8 },
  );
  await toADayThatRepeats();
  const daily = Array.from({ length: 91 }, (_, day) => Math.round(((day + 1) * 1_000_000) / 92));
  reference = reference.slice();
  expect(await live(daily)).toEqual(reference);
}, 120_000);

test("what is due at one instant goes by the order of the sources, and work without an instant goes first", async () => {
  const start = later(new Date(), minutes(1));
  const order: string[] = [];
  for (const name of NAMES) addSource(aSource(name, async ({ what }) => void order.push(`${name} ${what}`)));
  await plan("payouts", "at once", new Date(0));
  for (const name of [...NAMES].reverse()) await plan(name, "together", later(start, days(1)));
  await conduct(guestCtx(), { to: later(start, days(2)) });
  expect(order).toEqual(["payouts at once", "plans together", "letters together", "payouts together"]);
});

test("what is due after the target stays undone, and the clock shows it", async () => {
  const at = later(new Date(), days(10));
  addSource(aSource("plans"));
  await plan("plans", "renewal 0", at);
  await conduct(guestCtx(), { by: "+9 days" });
  expect(await told(at)).toEqual([]);
  expect((await readClock(guestCtx())).due).toEqual([{ name: "plans", at }]);
  await conduct(guestCtx(), { to: at });
  expect(await told(at)).toEqual(["plans renewal 0 +0 late 0"]);
});

test("work that fails ends the journey where it stands, says so, and the clock goes on from there", async () => {
  const at = later(new Date(), days(10));
  addSource(
    aSource("plans", async () => {
      throw new Error("no such plan");
    }),
  );
  await plan("plans", "renewal 0", at);
  await expect(conduct(guestCtx(), { by: "+1 month" })).rejects.toThrow("no such plan");
  const { now, moving, trouble } = await readClock(guestCtx());
  expect(now.getTime() - at.getTime()).toBeLessThan(seconds(2));
  expect(moving).toBe(false);
  expect(trouble).toBe("Something went wrong on our side.");

  removeSource("plans");
  addSource(aSource("plans"));
  await conduct(guestCtx(), { by: "+1 day" });
  expect((await readClock(guestCtx())).trouble).toBeNull();
});

test("work that is never done ends the journey there, by name, and holds the clock no longer", async () => {
  const at = later(new Date(), days(10));
  addSource({ name: "plans", nextDueAt: async () => at, drain: async () => undefined });
  await expect(conduct(guestCtx(), { by: "+1 month" })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^plans has work from .* that does not get done\.$/),
  });
  const { moving, trouble } = await readClock(guestCtx());
  expect({ moving, trouble }).toEqual({ moving: false, trouble: expect.stringContaining("plans") });
}, 15_000);

test("a process that stops leaves the clock where it is", async () => {
  const at = later(new Date(), days(10));
  addSource(
    aSource("plans", async () => {
      await plan("plans", "renewal 1", later(at, days(30)));
      abandonJourney();
    }),
  );
  await plan("plans", "renewal 0", at);
  await expect(conduct(guestCtx(), { by: "+3 months" })).rejects.toMatchObject({ code: "unavailable" });
  expect((await readClock(guestCtx())).now.getTime() - at.getTime()).toBeLessThan(seconds(2));
});

test("work that is due at a fraction of a millisecond is done too", async () => {
  addSource(aSource("plans"));
  await db().execute(
    sql`insert into errands (source, what, due_at) values ('plans', 'odd', clock_timestamp() + interval '1 day 123456 microseconds')`,
  );
  await conduct(guestCtx(), { by: "+2 days" });
  expect(await told(new Date())).toHaveLength(1);
});
