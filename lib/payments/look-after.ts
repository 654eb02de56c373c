import { eq, getTableColumns, sql } from "drizzle-orm";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { payments } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { stripeRead } from "@/lib/stripe/client";
import { declineOf, isStripeUnknown } from "@/lib/stripe/refusals";
import { stripeMode } from "@/lib/stripe/target";
import { giveUp } from "./give-up";
import { change, isForgotten, lookAgain, type PaymentRow } from "./internal";
import { makeIntent } from "./make-intent";
import { lastLook } from "./rules";
import { settle } from "./settle";

const BATCH = 50;

/**
 * Asks Stripe about every payment that nobody has told us the end of: after a minute, five, an hour, a day. Nothing
 * is guessed. What is still unpaid at the last look is given up, there and here.
 */
export async function lookAfterPayments(ctx: Ctx<SystemActor>): Promise<number> {
  const due = await takeDue(ctx);
  for (const payment of due) {
    try {
      await lookAfter(ctx, payment);
    } catch (error) {
      log().warn({ err: error, payment: payment.id, looks: payment.looks }, "a payment could not be looked up");
    }
  }
  return due.length;
}

type Due = PaymentRow & { isForgotten: boolean };

/** The next look is set before this one, so that whoever dies on it is followed by another. */
async function takeDue({ db }: Ctx): Promise<Due[]> {
  const due = sql`(select id from ${payments} where look_at <= clock_timestamp() and stripe = ${stripeMode()}
    order by look_at limit ${BATCH} for update skip locked)`;
  return db
    .update(payments)
    .set({ lookAt: sql`clock_timestamp() + interval '1 minute'` })
    .where(sql`${payments.id} in ${due}`)
    .returning({ ...getTableColumns(payments), isForgotten: isForgotten(payments.askedAt) });
}

async function lookAfter(ctx: Ctx<SystemActor>, payment: Due): Promise<void> {
  const intentId = payment.intentId ?? (await (payment.isForgotten ? findIntent(payment) : madeFor(ctx, payment)));
  if (intentId === undefined) return change(ctx, payment.id, { state: "canceled", lookAt: null });

  await settle(ctx, intentId);
  const after = await read(ctx, payment);
  if (after?.state === "open" && payment.looks >= lastLook) {
    await giveUp(payment, intentId);
    await settle(ctx, intentId);
    return;
  }
  // A bank may take days; and Stripe may not have said yet what it took for itself.
  if (after?.lookAt) await change(ctx, payment.id, { looks: payment.looks + 1, lookAt: lookAgain(payment.looks + 1) });
}

/** Where Stripe goes on answering that it failed, or that the bank said no, it has made the intent all the same. */
async function madeFor(ctx: Ctx, payment: PaymentRow): Promise<string> {
  try {
    return (await makeIntent(ctx, payment)).id;
  } catch (error) {
    const found = declineOf(error)?.paymentIntentId ?? (isStripeUnknown(error) ? await findIntent(payment) : undefined);
    if (found === undefined) throw error;
    return found;
  }
}

/** Stripe forgets causes after a day, so by then the intent is looked for and not asked for again. */
async function findIntent({ id }: PaymentRow): Promise<string | undefined> {
  const { data } = await stripeRead((stripe) => stripe.paymentIntents.search({ query: `metadata['payment']:'${id}'` }));
  return data[0]?.id;
}

async function read({ db }: Ctx, { id }: PaymentRow): Promise<PaymentRow | undefined> {
  const [row] = await db.select().from(payments).where(eq(payments.id, id));
  return row;
}
