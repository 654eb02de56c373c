import { eq, getTableColumns, sql } from "drizzle-orm";
import { type Ctx, inTx, type SystemActor } from "@/lib/ctx";
import { payments, refunds } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { announceChange } from "@/lib/outbox/announce";
import { stripeMode } from "@/lib/stripe/target";
import { changeRefund, doubtRefund, type RefundRow, undoRefund } from "./apply-refund";
import { isForgotten, lookAgain, type PaymentRow } from "./internal";
import { holdRefund, sendRefund } from "./send-refund";
import { settle } from "./settle";

const BATCH = 50;

type Due = RefundRow & { isForgotten: boolean };

/** Asks about every refund whose end nobody has told us, until there is one. */
export async function lookAfterRefunds(ctx: Ctx<SystemActor>): Promise<number> {
  const due = await takeDue(ctx);
  for (const refund of due) {
    try {
      await lookAfter(ctx, refund);
    } catch (error) {
      log().warn({ err: error, refund: refund.id, looks: refund.looks }, "a refund could not be looked up");
    }
  }
  return due.length;
}

async function takeDue({ db }: Ctx): Promise<Due[]> {
  const due = sql`(select r.id from ${refunds} as r join ${payments} as p on p.id = r.payment_id
    where r.look_at <= clock_timestamp() and p.stripe = ${stripeMode()} order by r.look_at limit ${BATCH} for update of r skip locked)`;
  return db
    .update(refunds)
    .set({ lookAt: sql`clock_timestamp() + interval '1 minute'` })
    .where(sql`${refunds.id} in ${due}`)
    .returning({ ...getTableColumns(refunds), isForgotten: isForgotten(refunds.askedAt) });
}

async function lookAfter(ctx: Ctx<SystemActor>, refund: Due): Promise<void> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, refund.paymentId));
  if (!payment?.intentId) throw new Error(`${refund.id} belongs to no payment at Stripe`);
  await doubtRefund(ctx, refund.id);
  await settle(ctx, payment.intentId);
  if (!refund.isForgotten && (await isUnheardOf(ctx, refund))) await sendRefund(ctx, payment, refund);
  await goOn(ctx, refund, payment);
}

/** Stripe lists no refund that is this one. */
async function isUnheardOf({ db }: Ctx, { id }: RefundRow): Promise<boolean> {
  const [row] = await db.select({ stripeId: refunds.stripeId }).from(refunds).where(eq(refunds.id, id));
  return row?.stripeId === null;
}

/** After a day Stripe has listed it or never made it. A bank may take longer, and is asked again. */
const goOn = (
  ctx: Ctx<SystemActor>,
  { id, paymentId, looks, ...before }: Due,
  { accountId }: PaymentRow,
): Promise<void> =>
  inTx(ctx, async (ctx) => {
    const held = await holdRefund(ctx, { id, paymentId });
    if (!held || held.refund.lookAt === null) return;
    if (held.refund.stripeId === null && before.isForgotten) {
      await undoRefund(ctx, { ...held, state: "refused" });
      return announceChange(ctx, accountId, "payments");
    }
    await changeRefund(ctx, id, { looks: looks + 1, lookAt: lookAgain(looks + 1) });
  });
