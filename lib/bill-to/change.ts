import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { withCustomer } from "@/lib/stripe-customers/with-customer";
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
  // Not the request's own id: whoever sends that may send it twice.
  const attempt = newId("req");
  const customer = await withCustomer(ctx, accountId, async (id, again) => {
    const others = await otherFields(id);
    const fields = [...others, ...(taxId === null ? [] : [{ name: TAX_ID, value: taxId }])];
    return stripeWrite(`account:${accountId}:bill-to:${attempt}${again}`, (stripe, options) =>
      stripe.customers.update(
        id,
        {
          ...{ name, email, address: addressOf(address) },
          invoice_settings: { custom_fields: fields.length === 0 ? "" : fields },
        },
        options,
      ),
    );
  });
  await inTx(ctx, async (ctx) => {
    await recordAudit(ctx, { action: "billing.details_changed", target: accountId });
    await announceChange(ctx, accountId, "payments");
  });
  return asBillTo(customer);
}

const addressOf = (address: ChangeBillTo["address"]) =>
  address
    ? {
        ...{ line1: address.line1, line2: address.line2 ?? "", city: address.city, country: address.country },
        ...{ postal_code: address.postalCode ?? "", state: address.state ?? "" },
      }
    : ("" as const);

/** What an operator put there by hand stays. */
async function otherFields(id: string): Promise<{ name: string; value: string }[]> {
  const customer = await stripeRead((stripe) => stripe.customers.retrieve(id));
  const fields = customer.deleted ? null : customer.invoice_settings.custom_fields;
  return (fields ?? []).filter(({ name }) => name !== TAX_ID);
}
