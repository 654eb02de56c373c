import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { announceChange } from "@/lib/outbox/announce";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { ensureCustomer } from "@/lib/stripe-customers/ensure";
import { asBillTo } from "./queries";
import { TAX_ID } from "./rules";
import type { BillTo, ChangeBillTo } from "./schema";

/** Says who stands on the invoices from now on. Those that are made already stay as they are. */
export async function changeBillTo(
  ctx: Ctx<MemberActor>,
  { name, email, address, taxId }: ChangeBillTo,
): Promise<BillTo> {
  requireScope(ctx, "billing:write");
  const { accountId } = ctx.actor;
  const id = await ensureCustomer(ctx, accountId);
  const others = await otherFields(id);
  const fields = [...others, ...(taxId === null ? [] : [{ name: TAX_ID, value: taxId }])];
  const customer = await stripeWrite(`account:${accountId}:bill-to:${ctx.origin.requestId}`, (stripe, options) =>
    stripe.customers.update(
      id,
      {
        name,
        email,
        address: address
          ? {
              ...{ line1: address.line1, line2: address.line2 ?? "", city: address.city, country: address.country },
              ...{ postal_code: address.postalCode ?? "", state: address.state ?? "" },
            }
          : "",
        invoice_settings: { custom_fields: fields.length === 0 ? "" : fields },
      },
      options,
    ),
  );
  await inTx(ctx, async (ctx) => {
    await recordAudit(ctx, { action: "billing.details_changed", target: accountId });
    await announceChange(ctx, accountId, "payments");
  });
  return asBillTo(customer);
}

/** What an operator put there by hand stays. */
async function otherFields(id: string): Promise<{ name: string; value: string }[]> {
  const customer = await stripeRead((stripe) => stripe.customers.retrieve(id));
  const fields = customer.deleted ? null : customer.invoice_settings.custom_fields;
  return (fields ?? []).filter(({ name }) => name !== TAX_ID);
}
