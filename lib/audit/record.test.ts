import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { aPerson } from "@/lib/testing/people";
import { listAudit } from "./queries";
import { recordAudit } from "./record";

test("an entry is there when its transaction is, and gone when it is not", async () => {
  const { ctx, accountId } = await aPerson();
  const before = await db().$count(audit, eq(audit.accountId, accountId));
  await inTx(ctx, (ctx) => recordAudit(ctx, { action: "lamp.lit", target: "lamp_1" }));
  const failing = inTx(ctx, async (ctx) => {
    await recordAudit(ctx, { action: "lamp.lit", target: "lamp_2" });
    throw new Error("the lamp broke");
  });
  await expect(failing).rejects.toThrow("the lamp broke");
  expect(await db().$count(audit, eq(audit.accountId, accountId))).toBe(before + 1);
});

test("nobody changes or removes an entry, the database sees to it", async () => {
  const { ctx, accountId } = await aPerson();
  await inTx(ctx, (ctx) => recordAudit(ctx, { action: "lamp.lit", target: "lamp_1" }));
  const mine = eq(audit.accountId, accountId);
  await expect(db().update(audit).set({ action: "lamp.unlit" }).where(mine)).rejects.toMatchObject({
    cause: { code: "23001" },
  });
  await expect(db().delete(audit).where(mine)).rejects.toMatchObject({ cause: { code: "23001" } });
});

test("each account reads its own entries, newest first, page by page", async () => {
  const [noor, dana] = [await aPerson({ name: "Noor" }), await aPerson()];
  for (const lamp of ["one", "two", "three"])
    await inTx(noor.ctx, (ctx) => recordAudit(ctx, { action: "lamp.lit", target: lamp }));

  const first = await listAudit(noor.ctx, { limit: 2 });
  expect(first.entries.map(({ target, actorName }) => [target, actorName])).toEqual([
    ["three", "Noor"],
    ["two", "Noor"],
  ]);
  const cursor = first.entries.at(-1)?.id;
  const second = await listAudit(noor.ctx, { limit: 50, ...(cursor && { cursor }) });
  expect(second.entries[0]?.target).toBe("one");
  expect(second.nextCursor).toBeNull();
  expect((await listAudit(dana.ctx, { limit: 50 })).entries.some(({ action }) => action === "lamp.lit")).toBe(false);
});
