import { eq } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { invoiceLines, invoices, subscriptions } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { type Id, newId } from "@/lib/ids";
import { micros } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { stripeMode } from "@/lib/stripe/target";
import { accountOfCustomer } from "@/lib/stripe-customers/queries";
import { lookAtSubscription } from "@/lib/subscriptions/look-at";
import { bookInvoice } from "./book";
import type { InvoiceRow } from "./internal";
import { type Known, lookUp } from "./look-up";
import { tellOfInvoice } from "./tell";

/** `foreign`: its customer is nobody here. */
export type Looked = "changed" | "unchanged" | "foreign";

/** Each time somebody wrote meanwhile, one of those who look is through; so many may look at once. */
const MOST_LOOKS = 50;

/**
 * The one way in which an invoice arrives here, told of by whatever event. It asks Stripe, writes down what it says,
 * and books what was paid, once. Of two who look at once, the one who asked first asks again.
 */
export async function lookAtInvoice(ctx: Ctx, stripeId: string): Promise<Looked> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const seen = (await find(ctx, stripeId))?.seen;
    const known = await lookUp(stripeId);
    const accountId = await accountOfCustomer(ctx, known.customerId);
    if (!accountId) return "foreign";
    const subscription = await subscriptionOf(ctx, known.stripeSubscriptionId);
    failpoint("invoice.looked_up");
    const looked = await inTx(ctx, (ctx) => write(ctx, { known, seen, accountId, subscription }));
    if (looked) return looked;
  }
  throw new Error(`${stripeId} is looked at by too many at once`);
}

/** The invoice that an intent pays, if there is one here: its charge was refunded, or Stripe says what it took of it. */
export async function lookAtInvoiceOf(ctx: Ctx, intentId: string): Promise<Looked | undefined> {
  const [row] = await ctx.db
    .select({ stripeId: invoices.stripeId })
    .from(invoices)
    .where(eq(invoices.intentId, intentId));
  return row && lookAtInvoice(ctx, row.stripeId);
}

type Subscribed = { id: Id<"subscription">; family: InvoiceRow["family"] } | undefined;

/** An invoice may be told of before its subscription is. */
async function subscriptionOf(ctx: Ctx, stripeId: string | null): Promise<Subscribed> {
  if (stripeId === null) return undefined;
  const known = () =>
    ctx.db
      .select({ id: subscriptions.id, family: subscriptions.family })
      .from(subscriptions)
      .where(eq(subscriptions.stripeId, stripeId));
  const [found] = await known();
  if (found) return found;
  await lookAtSubscription(ctx, stripeId);
  return (await known())[0];
}

async function find({ db }: Ctx, stripeId: string): Promise<InvoiceRow | undefined> {
  const [row] = await db.select().from(invoices).where(eq(invoices.stripeId, stripeId));
  return row;
}

type Facts = { known: Known; seen: number | undefined; accountId: Id<"account">; subscription: Subscribed };

/** Undefined where somebody wrote since Stripe was asked. */
async function write(ctx: TxCtx, { known, seen, accountId, subscription }: Facts): Promise<Looked | undefined> {
  const [before] = await ctx.db.select().from(invoices).where(eq(invoices.stripeId, known.stripeId)).for("update");
  if (before?.seen !== seen) return undefined;
  const facts = {
    ...factsOf(known),
    ...{ subscriptionId: subscription?.id ?? null, family: subscription?.family ?? null, seen: (seen ?? 0) + 1 },
  };
  const [after] = before
    ? await ctx.db.update(invoices).set(facts).where(eq(invoices.id, before.id)).returning()
    : await ctx.db
        .insert(invoices)
        .values({ id: newId("invoice"), accountId, stripe: stripeMode(), stripeId: known.stripeId, ...facts })
        .onConflictDoNothing()
        .returning();
  if (!after) return undefined;
  if (before?.state !== "paid" && before?.state !== "void") await writeLines(ctx, after, known);
  const booked = await bookInvoice(ctx, after, before?.refunded ?? micros(0));
  await tellOfInvoice(ctx, { before, after: booked, lines: known.lines });
  if (before && isSame(before, booked)) return "unchanged";
  await announceChange(ctx, accountId, "invoices");
  return "changed";
}

function factsOf({
  sums,
  payment,
  stripeId: _,
  customerId: __,
  stripeSubscriptionId: ___,
  lines: ____,
  ...known
}: Known) {
  return { ...known, ...sums, ...payment };
}

async function writeLines({ db }: TxCtx, { id, accountId }: InvoiceRow, { lines }: Known): Promise<void> {
  await db.delete(invoiceLines).where(eq(invoiceLines.invoiceId, id));
  if (lines.length === 0) return;
  await db
    .insert(invoiceLines)
    .values(lines.map((line, index) => ({ ...line, invoiceId: id, accountId, position: index + 1 })));
}

const isSame = (one: InvoiceRow, other: InvoiceRow): boolean =>
  JSON.stringify({ ...one, seen: 0 }) === JSON.stringify({ ...other, seen: 0 });
