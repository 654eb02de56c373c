import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Attempt = Kinds["setup_attempt"];
type Setup = Kinds["setup_intent"];

/** Each try at setting a method up is written down, and how it ended. */
export function addAttempt(space: Space, setup: Setup, method: Kinds["payment_method"]): Attempt {
  const attempt = space.add<"setup_attempt">({
    ...{ id: newStripeId("setatt"), object: "setup_attempt", application: null, created: space.now },
    ...{ customer: setup.customer, customer_account: null, flow_directions: null, livemode: false },
    ...{ on_behalf_of: null, payment_method: method.id, payment_method_details: detailsOf(method) },
    ...{ setup_error: null, setup_intent: setup.id, status: "processing", usage: setup.usage },
  });
  setup.latest_attempt = attempt.id;
  return attempt;
}

/** Brings the latest try up to its intent. */
export async function closeAttempt(space: Space, setup: Setup): Promise<void> {
  const attempt = setup.latest_attempt === null ? undefined : await space.own("setup_attempt", setup.latest_attempt);
  if (!attempt) return;
  attempt.status = setup.status === "requires_payment_method" ? "failed" : setup.status;
  attempt.setup_error = setup.last_setup_error as Attempt["setup_error"]; // the two errors have one shape
}

function detailsOf({ card, type }: Kinds["payment_method"]): Attempt["payment_method_details"] {
  if (!card)
    return { type, ...(type === "us_bank_account" && { us_bank_account: {} }) } as Attempt["payment_method_details"]; // a bank account has no details here
  const { brand, country, exp_month, exp_year, fingerprint, funding, last4 } = card;
  return {
    type: "card",
    card: {
      ...{ brand, checks: null, country, exp_month, exp_year, fingerprint: fingerprint ?? null, funding, last4 },
      ...{ network: brand, three_d_secure: null, wallet: null },
    },
  };
}
