import type { Ctx } from "@/lib/ctx";
import type { Id } from "@/lib/ids";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { ensureCustomer, forgetCustomer } from "./ensure";

/**
 * Asks Stripe for something that belongs to the account's customer. Where that customer was deleted there, another is
 * made and asked for once: `again` keeps the cause of the second request apart from that of the first.
 */
export async function withCustomer<T>(
  ctx: Ctx,
  accountId: Id<"account">,
  ask: (customer: string, again: "" | ":again") => Promise<T>,
): Promise<T> {
  const customer = await ensureCustomer(ctx, accountId);
  try {
    return await ask(customer, "");
  } catch (error) {
    if (!isGone(error)) throw error;
    await forgetCustomer(ctx, accountId, customer);
    return ask(await ensureCustomer(ctx, accountId), ":again");
  }
}

/** Stripe names the parameter, or the object in the path. */
const isGone = (error: unknown): boolean =>
  isStripeRefused(error, "resource_missing") &&
  (error.param === "customer" || error.message.startsWith("No such customer"));
