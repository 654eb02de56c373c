import { StripeRefusal } from "../http/errors";
import { inSpace } from "../store/in-space";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { notThere } from "./layout";
import type { Page, PageHouse } from "./page";
import { PORTAL_ACTS } from "./portal-acts";
import { portalView } from "./portal-view";

type Session = Kinds["billing_portal.session"];

/** Where a customer looks after cards, subscriptions and invoices. */
export const portalPage: Page = {
  path: /^\/p\/session\/(test_\w+)$/,
  async show(house, { path: [token = ""], form, posted }) {
    const found = await sessionOf(house, token);
    if (!found) return notThere();
    let problem: StripeRefusal | undefined;
    if (posted) {
      try {
        await inSpace(house, found.account, async (space) =>
          act(space, await space.own("billing_portal.session", found.id), form),
        );
      } catch (error) {
        if (!(error instanceof StripeRefusal)) throw error;
        problem = error;
      }
    }
    return inSpace(house, found.account, async (space) => ({
      page: await portalView(space, await space.own("billing_portal.session", found.id), problem),
    }));
  },
};

async function sessionOf({ sql }: PageHouse, token: string): Promise<{ account: string; id: string } | undefined> {
  const [row] = await sql<{ account: string; id: string }[]>`
    select account, id from stripe_local.objects
    where kind = 'billing_portal.session' and body ->> 'url' like ${`%/p/session/${token}`}`;
  return row;
}

async function act(space: Space, session: Session, form: URLSearchParams): Promise<void> {
  const customer = await space.own("customer", String(session.customer));
  await space.follow(customer.test_clock);
  const { features } = await space.own("billing_portal.configuration", String(session.configuration));
  const named = await space.find("subscription", form.get("subscription") ?? "");
  const subscription = named?.customer === customer.id ? named : undefined;
  await PORTAL_ACTS[form.get("do") ?? ""]?.({ space, form, features, customer, subscription });
}
