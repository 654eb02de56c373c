import { and, eq } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { stripeCustomers } from "@/lib/db/schema";
import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { stripeMode } from "@/lib/stripe/target";
import { TAX_ID } from "./rules";
import type { BillTo } from "./schema";

const NOBODY: BillTo = { name: null, email: null, address: null, taxId: null };

/** Who stands on the account's invoices, as Stripe has it. Nobody yet where nothing was ever bought. */
export async function getBillTo(ctx: Ctx<MemberActor>): Promise<BillTo> {
  requireScope(ctx, "billing:read");
  const [row] = await ctx.db
    .select({ id: stripeCustomers.customerId })
    .from(stripeCustomers)
    .where(and(eq(stripeCustomers.accountId, ctx.actor.accountId), eq(stripeCustomers.stripe, stripeMode())));
  const id = row?.id;
  if (!id) return NOBODY;
  const customer = await stripeRead((stripe) => stripe.customers.retrieve(id));
  return customer.deleted ? NOBODY : asBillTo(customer);
}

export const asBillTo = ({ name, email, address, invoice_settings }: Stripe.Customer): BillTo => ({
  name: name ?? null,
  email,
  address: address
    ? {
        line1: address.line1,
        line2: address.line2,
        postalCode: address.postal_code,
        city: address.city,
        state: address.state,
        country: address.country,
      }
    : null,
  taxId: invoice_settings.custom_fields?.find((field) => field.name === TAX_ID)?.value ?? null,
});
