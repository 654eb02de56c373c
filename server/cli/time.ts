import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { env } from "@/lib/env";
import { formatInstant } from "@/lib/time";
import { LANDMARKS } from "@/lib/time-machine/schema";
import { readAddress } from "../boot/address";

const LOOK_AGAIN_MS = 250;
const NOT_RUNNING = "No local Parley runs here. Start it with `npm start`, then move its clock.";

const instant = z.coerce.date();
const Seen = z.object({
  ...{ now: instant, elapsed: instant, offsetMs: z.number(), moving: z.boolean(), trouble: z.string().nullable() },
  due: z.array(z.object({ name: z.string(), at: instant })),
  next: z.record(z.enum(LANDMARKS), z.object({ at: instant, what: z.string() }).nullable()),
});
type Seen = z.output<typeof Seen>;
const Refused = z.object({ error: z.string() });

/** Shows the clock of the Parley that runs from this data folder, or moves it: `+1 month`, `next`, `next renewal`, an instant. */
export async function time(words: string[]): Promise<string> {
  const said = words.join(" ").trim();
  if (said === "") return shown(await ask());
  await ask(await moveOf(said));
  for (;;) {
    const seen = await ask();
    if (!seen.moving) return shown(seen);
    await wait(LOOK_AGAIN_MS);
  }
}

async function moveOf(said: string): Promise<object> {
  if (said === "next") {
    const { due, now } = await ask();
    const next = due.find(({ at }) => at > now);
    if (!next) throw new Error("Nothing is due.");
    return { to: next.at };
  }
  const [, name] = /^next[ -](\w+(?:[ -]\w+)*)$/.exec(said) ?? [];
  if (name) return { next: name.replace(/[ -]/g, "_") };
  if (!/^\d{4}-/.test(said)) return { by: said };
  const to = new Date(said);
  if (Number.isNaN(to.getTime())) throw new Error(`"${said}" is not an instant.`);
  return { to };
}

async function ask(move?: object): Promise<Seen> {
  const address = readAddress(env().PARLEY_DATA);
  if (!address) throw new Error(NOT_RUNNING);
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${address}/api/local/time`, {
    ...(move && { method: "POST", headers, body: JSON.stringify(move) }),
  }).catch((error: unknown) => {
    throw new Error(NOT_RUNNING, { cause: error });
  });
  const body: unknown = await answer.json();
  if (answer.ok) return Seen.parse(body);
  throw new Error(Refused.parse(body).error);
}

function shown({ now, elapsed, due, next, offsetMs, trouble }: Seen): string {
  const lines = [`It is ${formatInstant(now)}.`];
  if (offsetMs > 0) lines.push(`Outside it is ${formatInstant(elapsed)}.`);
  for (const { name, at } of due) lines.push(`  ${formatInstant(at)}  ${name}`);
  for (const name of LANDMARKS) {
    const landmark = next[name];
    if (landmark) lines.push(`  ${formatInstant(landmark.at)}  next ${name.replace("_", " ")}: ${landmark.what}`);
  }
  if (trouble) lines.push(`The clock stopped on its way: ${trouble}`);
  return lines.join("\n");
}
