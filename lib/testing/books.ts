import { runChecks } from "@/lib/books/verify";
import { db } from "@/lib/db/client";
import { transfers } from "@/lib/db/schema";
import { systemCtx } from "./money";

/** What of the books does not hold, each with its first offender; nothing where no value was moved. */
export async function brokenPromises(): Promise<string[]> {
  const [moved] = await db().select({ id: transfers.id }).from(transfers).limit(1);
  if (!moved) return [];
  const results = await runChecks(systemCtx());
  return results.flatMap(({ name, violations, first }) =>
    violations > 0 ? [`${name} (${violations}): ${first}`] : [],
  );
}
