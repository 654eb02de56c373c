import { refused, type StripeRefusal } from "../http/errors";
import type { Space } from "../store/space";
import { destinationProblem, type Onward } from "./onward";

/** Why a draft cannot become an invoice: the control API says so, or its money has nowhere to go. */
export async function finalizationProblem(space: Space, onward: Onward): Promise<StripeRefusal | undefined> {
  const [row] = await space.sql<{ value: { finalization_error: string } }[]>`
    delete from stripe_local.switches where account = ${space.root} and name = 'next_finalization' returning value`;
  if (row)
    return refused(MESSAGES[row.value.finalization_error] ?? "It failed on demand.", {
      code: row.value.finalization_error,
    });
  return destinationProblem(space, onward);
}

const MESSAGES: Record<string, string> = {
  customer_tax_location_invalid:
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
};
