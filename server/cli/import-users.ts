import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { isAppError } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import { importUser } from "@/lib/registration/import-user";
import { ImportUser } from "@/lib/registration/schema";
import { operatorCtx } from "./context";

/** Takes users over from a file with one JSON object a line. What cannot be taken is named and holds up no other. */
export async function importUsers(file: string): Promise<string> {
  if (!file) throw new Error("Name the file: npm run cli -- import-users users.jsonl");
  const refused: string[] = [];
  let taken = 0;
  let at = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    at += 1;
    if (line.trim() === "") continue;
    const why = await tryOne(line);
    if (why === undefined) taken += 1;
    else refused.push(`  line ${at}: ${why}`);
  }
  return [`${taken} taken over, ${refused.length} refused.`, ...refused].join("\n");
}

/** Why somebody was not taken over, or nothing. */
async function tryOne(line: string): Promise<string | undefined> {
  try {
    await importUser(operatorCtx(), parseInput(ImportUser, JSON.parse(line)));
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return "This is not JSON.";
    if (isAppError(error)) return error.message;
    throw error;
  }
}
