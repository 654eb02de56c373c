import { addBalanceEntry } from "../payments/balance-entry";
import type { Kinds } from "../store/kinds";
import type { Work } from "../store/run-due";
import type { Space } from "../store/space";

type Topup = Kinds["topup"];

/** The banks that money can be drawn from, and whether they give it. */
export const TOPUP_SOURCES = { btok_us_verified: "gives", btok_us_verified_noAccount: "refuses" } as const;

const DAYS_ON_ITS_WAY = 3;

export function topupSettles(space: Space, topup: Topup): void {
  topup.expected_availability_date = space.now + DAYS_ON_ITS_WAY * 86_400;
  space.schedule("topup_settles", topup.id, topup.expected_availability_date);
}

/** The bank has answered: the money is on the balance, or it never will be. */
export async function settleTopup(space: Space, topup: Topup): Promise<void> {
  if (space.inner(topup).source === "btok_us_verified_noAccount") {
    topup.status = "failed";
    topup.failure_code = "no_account";
    topup.failure_message = "The bank account could not be located.";
    return space.announce("topup.failed", topup);
  }
  topup.status = "succeeded";
  topup.balance_transaction = addBalanceEntry(space, {
    ...{ amount: topup.amount, currency: topup.currency, type: "topup", reporting_category: "topup", source: topup.id },
  }).id;
  space.announce("topup.succeeded", topup);
}

export const topupWork: Work = {
  async topup_settles(space, id) {
    const topup = await space.find("topup", id);
    if (topup?.status === "pending") await settleTopup(space, topup);
  },
};
