import type { Kinds } from "../store/kinds";

type Types = NonNullable<NonNullable<Kinds["subscription"]["payment_settings"]>["payment_method_types"]>;
export type PaymentWishes = {
  payment_method_types?: string[] | null | undefined;
  save_default_payment_method?: "off" | "on_subscription" | undefined;
};

/** How a subscription's invoices are to be paid. */
export function settlePayment(
  { payment_settings: kept }: Kinds["subscription"],
  asked: PaymentWishes | undefined,
): void {
  if (!kept || !asked) return;
  if (asked.save_default_payment_method) kept.save_default_payment_method = asked.save_default_payment_method;
  if (asked.payment_method_types !== undefined) kept.payment_method_types = asked.payment_method_types as Types | null; // the list of types is open
}
