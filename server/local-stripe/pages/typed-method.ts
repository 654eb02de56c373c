import { createMethod } from "../payments/method-build";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

/** The method that a page's fields describe. */
export function typedMethod(space: Space, form: URLSearchParams): Promise<Kinds["payment_method"]> {
  const typed = (name: string): string => (form.get(name) ?? "").trim();
  const billing_details = {
    ...(typed("email") && { email: typed("email") }),
    ...(typed("name") && { name: typed("name") }),
  };
  if (typed("method") === "us_bank_account") {
    const us_bank_account = { routing_number: typed("routing"), account_number: typed("account") };
    return createMethod(space, { type: "us_bank_account", us_bank_account, billing_details });
  }
  const expiry = typed("expiry").replace(/\D/g, "");
  const card = {
    number: typed("number"),
    exp_month: Number(expiry.slice(0, 2)),
    exp_year: Number(expiry.slice(2)),
    cvc: typed("cvc"),
  };
  return createMethod(space, { type: "card", card, billing_details });
}
