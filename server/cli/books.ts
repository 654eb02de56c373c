import { allChecks } from "@/lib/books/all-checks";
import { verifyBooks } from "@/lib/books/verify";
import { businessNow } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";

/** Checks the books from end to end and shows what was found. Ends with 1 where anything is wrong. */
export async function books(): Promise<string> {
  const run = await verifyBooks({
    actor: { kind: "system", name: "command line" },
    db: db(),
    now: businessNow(),
    origin: { requestId: newId("req"), ip: null, userAgent: null },
  });
  const says = new Map(allChecks.map((check) => [check.name, check.says]));
  const lines = run.results.flatMap(({ name, violations, first, tookMs }) => [
    `  ${violations === 0 ? "holds " : "BROKEN"}  ${name.padEnd(28)}${`${tookMs} ms`.padStart(9)}  ${says.get(name) ?? ""}`,
    ...(violations > 0 ? [`          ${violations} found, the first is ${first}`] : []),
  ]);
  if (run.violations > 0) process.exitCode = 1;
  const verdict = run.violations === 0 ? "The books hold." : `The books do not hold: ${run.violations} found.`;
  return [...lines, "", verdict].join("\n");
}
