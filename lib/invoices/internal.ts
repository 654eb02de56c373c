import { and, eq } from "drizzle-orm";
import type { Ctx, MemberActor } from "@/lib/ctx";
import { invoices } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";

export type InvoiceRow = typeof invoices.$inferSelect;

/** The caller's own. Another account's is not there. */
export async function readOwn({ db, actor }: Ctx<MemberActor>, id: Id<"invoice">): Promise<InvoiceRow> {
  const [row] = await db
    .select()
    .from(invoices)
    .where(and(eq(invoices.id, id), eq(invoices.accountId, actor.accountId)));
  if (!row) throw notFound("Invoice");
  return row;
}

export async function change({ db }: Pick<Ctx, "db">, id: Id<"invoice">, facts: Partial<InvoiceRow>): Promise<void> {
  await db.update(invoices).set(facts).where(eq(invoices.id, id));
}
