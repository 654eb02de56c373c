import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

export type Grant = Kinds["billing.credit_grant"];
type Movement = Kinds["billing.credit_balance_transaction"];

const CATEGORY_ORDER = ["promotional", "paid"];

/** What is left of a grant: everything credited less everything debited. */
export async function leftOf(space: Space, grant: Grant): Promise<number> {
  const movements = await space.select("billing.credit_balance_transaction", {
    where: [{ at: "credit_grant", is: grant.id }],
  });
  return movements.reduce(
    (sum, { credit, debit }) => sum + (credit?.amount.monetary?.value ?? 0) - (debit?.amount.monetary?.value ?? 0),
    0,
  );
}

/** Whether a grant may be used at this instant. */
export const isUsable = (grant: Grant, now: number): boolean =>
  grant.voided_at === null && (grant.effective_at ?? 0) <= now && (grant.expires_at === null || grant.expires_at > now);

/** The grants of a customer in the order they are used up. */
export async function grantsInOrder(space: Space, customer: string): Promise<Grant[]> {
  const all = await space.select("billing.credit_grant", {
    where: [{ at: "customer", is: customer }],
    order: "oldest",
  });
  const never = Number.POSITIVE_INFINITY;
  return all
    .filter((grant) => isUsable(grant, space.now))
    .toSorted(
      (a, b) =>
        (a.priority ?? 50) - (b.priority ?? 50) ||
        (a.expires_at ?? never) - (b.expires_at ?? never) ||
        CATEGORY_ORDER.indexOf(a.category) - CATEGORY_ORDER.indexOf(b.category) ||
        (a.effective_at ?? 0) - (b.effective_at ?? 0) ||
        a.created - b.created,
    );
}

type Wanted = { grant: Grant; value: number } & (
  | { type: "credit" }
  | { type: "debit"; invoice: string; line: string }
  | { type: "expired" }
  | { type: "voided" }
);

export function addMovement(space: Space, wanted: Wanted): Movement {
  const { grant, value } = wanted;
  const amount = { type: "monetary" as const, monetary: { currency: grant.amount.monetary?.currency ?? "usd", value } };
  const movement = space.add<"billing.credit_balance_transaction">({
    id: newStripeId("cbtxn"),
    object: "billing.credit_balance_transaction",
    created: space.now,
    credit:
      wanted.type === "credit" ? { amount, credits_application_invoice_voided: null, type: "credits_granted" } : null,
    credit_grant: grant.id,
    debit:
      wanted.type === "credit"
        ? null
        : {
            amount,
            credits_applied:
              wanted.type === "debit" ? { invoice: wanted.invoice, invoice_line_item: wanted.line } : null,
            type:
              wanted.type === "debit"
                ? "credits_applied"
                : wanted.type === "expired"
                  ? "credits_expired"
                  : "credits_voided",
          },
    effective_at: space.now,
    livemode: false,
    test_clock: null,
    type: wanted.type === "credit" ? "credit" : "debit",
  });
  space.announce("billing.credit_balance_transaction.created", movement);
  return movement;
}
