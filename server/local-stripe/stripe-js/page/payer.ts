import type { Params } from "../wire";
import type { OwnElements } from "./elements";
import { IntegrationError } from "./integration-error";

type Address = { name?: string; address?: Params; phone?: string };

/** What is known of the payer outside the payment frame: from the page, from an address element, from an e-mail element. */
export function payerOf(elements: OwnElements, given: Params): { billing: Params; shipping: Params | undefined } {
  const fromPage = ((given.payment_method_data as Params | undefined)?.billing_details ?? {}) as Params;
  const billing = elements.find("address", "billing")?.latest().value as Address | undefined;
  const shipping = elements.find("address", "shipping")?.latest().value as Address | undefined;
  const email = (elements.find("linkAuthentication")?.latest().value as { email?: string } | undefined)?.email;
  return {
    billing: { ...filled(billing), ...(email && { email }), ...fromPage },
    shipping: (given.shipping as Params | undefined) ?? (shipping && filled(shipping)),
  };
}

const filled = (contact: Address | undefined): Params =>
  contact
    ? {
        ...(contact.name && { name: contact.name }),
        ...(contact.address && { address: withoutBlanks(contact.address) }),
        ...(contact.phone && { phone: contact.phone }),
      }
    : {};

const withoutBlanks = (address: Params): Params =>
  Object.fromEntries(Object.entries(address).filter(([, text]) => text !== null && text !== ""));

const ASKED: [option: string, field: string][] = [
  ["name", "name"],
  ["email", "email"],
];

/** Whoever does not let the element ask for something has to know it. */
export function judgeHidden(elements: OwnElements, billing: Params, caller: string): void {
  const fields = (elements.find("payment")?.options.fields as Params | undefined)?.billingDetails;
  const isNever = (name: string): boolean =>
    fields === "never" || (typeof fields === "object" && fields !== null && (fields as Params)[name] === "never");
  const missing = [
    ...ASKED.filter(([option, field]) => isNever(option) && billing[field] === undefined).map(([, field]) => field),
    ...(isNever("address") && billing.address === undefined ? ["address"] : []),
  ];
  const [first] = missing;
  if (first === undefined) return;
  throw new IntegrationError(
    `You specified "never" for fields.billing_details.${first} when creating the payment Element, but did not pass confirmParams.payment_method_data.billing_details.${first} when calling stripe.${caller}(). If you opt out of collecting data via the payment Element using the fields option, the data must be passed in when calling stripe.${caller}().`,
  );
}
