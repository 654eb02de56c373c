import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";

/* Fails when the tables in the code and the newest migration disagree. drizzle-kit's own exit codes do not tell. */

const SCHEMA = "lib/db/schema";
const SNAPSHOTS = "drizzle/meta";

const tables: Record<string, unknown> = {};
for (const file of readdirSync(SCHEMA).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))) {
  Object.assign(tables, await import(pathToFileURL(resolve(SCHEMA, file)).href));
}

const newest = readdirSync(SNAPSHOTS)
  .filter((name) => name.endsWith("_snapshot.json"))
  .sort()
  .at(-1);
if (!newest) throw new Error(`There is no snapshot in ${SNAPSHOTS}.`);

const migrated = JSON.parse(readFileSync(`${SNAPSHOTS}/${newest}`, "utf8"));
const statements = await generateMigration(migrated, generateDrizzleJson(tables, migrated.id, undefined, "snake_case"));

if (statements.length > 0) {
  console.error(
    `The tables differ from ${newest}:\n\n${statements.join("\n")}\n\nRun: npx drizzle-kit generate --name <what-changes>`,
  );
  process.exitCode = 1;
}
