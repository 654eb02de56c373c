import { newId } from "@/lib/ids";
import { stripeWrite } from "@/lib/stripe/client";
import type { Finding, SetUpStripe } from "./schema";

type Call<T> = Parameters<typeof stripeWrite<T>>[1];

/** One run: what it found, and how it writes. A run that only looks writes nothing. */
export type Run = {
  note(what: string, why: string): void;
  write<T>(call: Call<T>): Promise<T | undefined>;
  findings: readonly Finding[];
};

/** Every write of a run has a cause of its own: what was made and unmade by hand within a day is made again. */
export function aRun({ mode }: Pick<SetUpStripe, "mode">): Run {
  const id = newId("req");
  const findings: Finding[] = [];
  let writes = 0;
  return {
    findings,
    note: (what, why) => void findings.push({ what, why }),
    async write<T>(call: Call<T>) {
      if (mode === "check") return undefined;
      writes += 1;
      return stripeWrite(`setup:${id}:${writes}`, call);
    },
  };
}

/** More of a kind than this nobody has. */
export const ALL = { limit: 1_000 };
