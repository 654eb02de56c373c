import { noSuch, refused } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { behaviourOfKey } from "./behaviours";
import { cardError } from "./card-error";
import { DECLINES } from "./declines";
import { methodOfName } from "./method-build";

type Method = Kinds["payment_method"];

/** The method a request names. A test name makes a fresh one. */
export async function methodNamed(space: Space, id: string, param: string): Promise<Method> {
  const found = (await space.find("payment_method", id)) ?? methodOfName(space, id);
  if (found) return found;
  throw noSuch("PaymentMethod", id, param);
}

export async function attachToCustomer(
  space: Space,
  id: string,
  customer: Kinds["customer"],
  param: string,
): Promise<Method> {
  const method = await methodNamed(space, id, param);
  if (method.customer === customer.id) return method;
  const inner = space.inner(method);
  if (method.customer !== null)
    throw refused("The payment method you provided has already been attached to a customer.", {
      code: "payment_method_unexpected_state",
    });
  if (inner.detached || inner.used) {
    throw refused(
      "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.",
      { code: "payment_method_unexpected_state" },
    );
  }
  checkIssuer(space, method);
  bind(space, method, customer);
  return method;
}

/** Attaching asks the bank whether the card is good. */
export function checkIssuer(space: Space, method: Method): void {
  const behaviour = behaviourOfKey(space.inner(method).behaviour ?? "");
  if (!behaviour?.decline || behaviour.attaches) return;
  throw cardError(DECLINES[behaviour.decline], { payment_method: method });
}

export function bind(space: Space, method: Method, customer: Kinds["customer"]): void {
  method.customer = customer.id;
  if (method.card?.checks) method.card.checks.cvc_check = "pass";
  space.announce("payment_method.attached", method);
}
