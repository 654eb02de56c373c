import { clearable, oneOf, opaque, parts, type Read, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";

const ifAvailable = () => oneOf("if_available", "never");
const card = {
  ...{ capture_method: clearable(oneOf("manual")), cvc_token: text(), mandate_options: opaque(), moto: yesNo() },
  ...{ network: text(), request_extended_authorization: ifAvailable(), request_multicapture: ifAvailable() },
  ...{ request_incremental_authorization: ifAvailable(), request_overcapture: ifAvailable() },
  ...{ request_three_d_secure: oneOf("any", "automatic", "challenge"), require_cvc_recollection: yesNo() },
  ...{ setup_credential_usage: text(), setup_future_usage: clearable(oneOf("none", "off_session", "on_session")) },
  ...{ stored_credential_usage: text() },
};
const facts = { card: clearable(parts(card)), link: opaque(), us_bank_account: opaque() };
export const methodOptions = () => parts(facts);
export type MethodOptions = Read<typeof facts>;

/** What was asked of a card payment, where it makes a difference here: the bank's question, and a hold that may grow. */
export function applyOptions(intent: Kinds["payment_intent"], options: MethodOptions | undefined): void {
  if (!options?.card) return;
  const { request_three_d_secure: asks, request_incremental_authorization: grows } = options.card;
  intent.payment_method_options = {
    ...intent.payment_method_options,
    card: {
      ...{ installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
      ...intent.payment_method_options?.card,
      ...(asks && { request_three_d_secure: asks }),
      ...(grows && { request_incremental_authorization: grows }),
      ...(options.card.capture_method && { capture_method: options.card.capture_method }),
    },
  };
  if (options.card.capture_method === "manual") intent.capture_method = "manual";
}

export const wantsQuestion = (intent: Kinds["payment_intent"]): boolean => {
  const asked = intent.payment_method_options?.card?.request_three_d_secure;
  return asked === "any" || asked === "challenge";
};

export const mayGrow = (intent: Kinds["payment_intent"]): boolean =>
  intent.payment_method_options?.card?.request_incremental_authorization === "if_available";
