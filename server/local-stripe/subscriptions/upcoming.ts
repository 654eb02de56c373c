import { setLines } from "../invoices/build";
import { freshUsage } from "../invoices/metered";
import { advanceSchedule } from "../schedules/advance";
import type { Kinds } from "../store/kinds";
import { Space } from "../store/space";
import { endOfPeriods } from "./build";
import { billPeriod } from "./renew";

type Invoice = Kinds["invoice"];

/** Carries the way out of a trial run: its transaction is undone, its invoice is kept. */
class TriedOut extends Error {
  constructor(readonly invoice: Invoice) {
    super("tried out");
  }
}

/** Does `work` and undoes it, and hands back the invoice it made: so a preview cannot differ from what comes later. */
export async function tryOut(space: Space, work: (trial: Space) => Promise<Invoice>): Promise<Invoice> {
  try {
    return await space.sql.savepoint(async (sql) => {
      const { account, root, now, cause, react: reactions, origin } = space;
      throw new TriedOut(await work(new Space({ sql, account, root, now, cause, reactions, origin })));
    });
  } catch (error) {
    if (error instanceof TriedOut) return error.invoice;
    throw error;
  }
}

/** The invoice of the coming renewal, with the usage so far. */
export async function nextInvoice(space: Space, subscription: Kinds["subscription"]): Promise<Invoice> {
  const end = endOfPeriods(subscription);
  space.now = end;
  // At the end of a period a schedule has its turn first.
  if (subscription.schedule !== null)
    await advanceSchedule(space, await space.own("subscription_schedule", String(subscription.schedule)));
  const ending = subscription.items.data.filter((item) => item.current_period_end === end);
  const invoice = await billPeriod(space, subscription, ending);
  await setLines(space, invoice, await freshUsage(space, invoice));
  return invoice;
}
