import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { aPerson, type Person } from "@/lib/testing/people";
import { ask, bearer } from "./testing/callers";
import { type Served, serve } from "./testing/serve";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

/** Where the receipt of the welcome credits is. */
async function welcomeOf({ accountId }: Person): Promise<string> {
  const [row] = await db().execute<{ id: string }>(
    sql`select transfer_id as id from entries where account_id = ${accountId} limit 1`,
  );
  return `${served.url}/api/receipts/${row?.id}`;
}

test("a receipt is read as JSON, and kept as a file of bytes that arrives whole", async () => {
  const who = await aPerson();
  const at = await welcomeOf(who);
  expect(await ask(at, { headers: bearer(who.token) })).toMatchObject({
    status: 200,
    body: { sentence: "You were given 10 credits to begin with.", sumIsRight: true, payment: null },
  });
  const file = await fetch(`${at}/pdf`, { headers: bearer(who.token) });
  expect(file.headers.get("content-type")).toBe("application/pdf");
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="transfer_\w{26}\.pdf"$/);
  const bytes = Buffer.from(await file.arrayBuffer());
  expect(bytes.byteLength).toBe(Number(file.headers.get("content-length")));
  expect([bytes.subarray(0, 5).toString(), bytes.toString("latin1").trimEnd().slice(-5)]).toEqual(["%PDF-", "%%EOF"]);
});

test("nobody reads or prints the receipt of somebody else, and what is no id is refused", async () => {
  const [who, other] = [await aPerson(), await aPerson()];
  const at = await welcomeOf(who);
  for (const address of [at, `${at}/pdf`]) {
    expect(await ask(address, { headers: bearer(other.token) })).toMatchObject({
      ...{ status: 404, body: { code: "not_found" } },
    });
    expect((await ask(address)).status).toBe(401);
  }
  expect((await ask(`${served.url}/api/receipts/one`, { headers: bearer(who.token) })).status).toBe(400);
});
