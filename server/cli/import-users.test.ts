import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash } from "@node-rs/bcrypt";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { db } from "@/lib/db/client";
import { users } from "@/lib/db/schema";
import { signIn } from "@/lib/logins/sign-in";
import { guestCtx } from "@/lib/testing/people";
import { sendDueMails } from "../loops/mail";
import { importUsers } from "./import-users";

function aFile(lines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "users.jsonl");
  writeFileSync(file, lines.join("\n"));
  return file;
}

test("takes over whom it can, names whom it cannot, and takes nobody twice", async () => {
  const passwordHash = await hash("three-quiet-ledgers", { cost: 4 });
  const of = (email: string, more = {}) => JSON.stringify({ name: "Dana Okoro", email, passwordHash, ...more });
  const file = aFile([
    of("one@moved.example", { emailVerified: true }),
    "",
    "{{{",
    of("two@moved.example"),
    of("three@moved.example", { passwordHash: "secret" }),
    of("four@moved.example", { isStaff: true }),
  ]);
  const said = await importUsers(file);
  expect(said.split("\n")).toEqual([
    "2 taken over, 3 refused.",
    "  line 3: This is not JSON.",
    expect.stringMatching(/^ {2}line 5: Hashes by bcrypt/),
    expect.stringMatching(/^ {2}line 6: .*isStaff/),
  ]);
  expect(await importUsers(file)).toMatch(/^0 taken over, 5 refused\.\n {2}line 1: This e-mail address has an account/);

  await signIn(guestCtx(), { email: "one@moved.example", password: "three-quiet-ledgers", via: "api" });
  const [one] = await db().select().from(users).where(eq(users.email, "one@moved.example"));
  expect(one?.emailVerifiedAt).not.toBeNull();
  const mailed: string[] = [];
  await sendDueMails(async ({ to }) => void mailed.push(to));
  expect(mailed.filter((to) => to.endsWith("@moved.example"))).toEqual(["two@moved.example"]);
});

test("a file that is not there is said, and so is none", async () => {
  await expect(importUsers("/nowhere/users.jsonl")).rejects.toThrow(/ENOENT/);
  await expect(importUsers("")).rejects.toThrow(/Name the file/);
});
