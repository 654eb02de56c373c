import { completeSession } from "../checkout/complete";
import type { Orders } from "../checkout/create";
import { StripeRefusal } from "../http/errors";
import { inSpace } from "../store/in-space";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { checkoutView, closedView, type Problem } from "./checkout-view";
import { notThere } from "./layout";
import { accountOfObject, type Page, type PageHouse, type Shown, type Visit } from "./page";
import { typedMethod } from "./typed-method";

type Session = Kinds["checkout.session"];

/** Where a customer pays, subscribes or leaves a card; in a page of its own, or in a frame that knows the session's secret. */
export const checkoutPage: Page = {
  path: /^\/c\/pay\/(\w+)$/,
  async show(house, visit) {
    const { path, form, posted, query } = visit;
    const id = path[0] ?? "";
    const account = await accountOfObject(house.sql, id);
    if (!account) return notThere();
    const look = (problem?: Problem) =>
      inSpace(house, account, async (space) => {
        const session = await space.own("checkout.session", id);
        return isLocked(session, query) ? notThere() : shown(space, session, { visit, problem });
      });
    if (!posted) return look(query.get("redirect_status") === "failed" ? NOT_CONFIRMED : undefined);
    try {
      return await inSpace(house, account, async (space) => {
        const session = await space.own("checkout.session", id);
        if (isLocked(session, query)) return notThere();
        const customer = session.customer === null ? undefined : await space.find("customer", session.customer);
        await space.follow(customer?.test_clock);
        const method = form.has("number") ? await typedMethod(space, form) : undefined;
        await completeSession(space, session, method, { email: form.get("email"), name: form.get("name") });
        return after(house, space, session, visit);
      });
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      return look(error.body);
    }
  },
};

/** One with a secret is for a frame that was given it. */
const isLocked = ({ client_secret }: Session, query: URLSearchParams): boolean =>
  client_secret !== null && query.get("client_secret") !== client_secret;

type Seen = { visit: Visit; problem?: Problem | undefined };

const NOT_CONFIRMED: Problem = { message: "Your bank did not confirm this, or declined it after." };

async function shown(space: Space, session: Session, { visit, problem }: Seen): Promise<Shown> {
  if (session.status === "complete" && session.success_url) return { goTo: successOf(session) };
  const inside = session.client_secret !== null;
  if (session.status !== "open") return { page: closedView(session, inside) };
  const lines = space.inner(session).lines ?? [];
  const prices = await Promise.all(lines.map(({ price }) => space.own("price", price)));
  const { subscription_data } = (space.inner(session).orders ?? {}) as Orders; // only `createSession` fills it
  const customer = session.customer === null ? undefined : await space.find("customer", session.customer);
  const known = { email: session.customer_email ?? customer?.email ?? "", name: customer?.name ?? "" };
  const typed = { email: visit.form.get("email") ?? known.email, name: visit.form.get("name") ?? known.name };
  return {
    page: checkoutView({
      ...{ session, inside, typed, problem },
      lines: lines.map((line, index) => ({
        ...{ ...line, recurring: prices[index]?.recurring ?? null },
        everyTime: (prices[index]?.unit_amount ?? 0) * (line.quantity ?? 1),
      })),
      trialDays: subscription_data?.trial_period_days,
    }),
  };
}

async function after(house: PageHouse, space: Space, session: Session, visit: Visit): Promise<Shown> {
  if (session.status === "complete") return shown(space, session, { visit });
  const setup = space.inner(session).waitingFor ?? session.setup_intent;
  const held = setup
    ? await space.own("setup_intent", setup)
    : await space.own("payment_intent", session.payment_intent ?? "");
  const here = new URL(`${house.origin()}/c/pay/${session.id}`);
  if (session.client_secret !== null) here.searchParams.set("client_secret", session.client_secret);
  const question = new URLSearchParams({ client_secret: held.client_secret ?? "", return_url: here.href });
  return { goTo: `${house.origin()}/_local/3ds/${held.id}?${question.toString()}` };
}

const successOf = (session: Session): string =>
  String(session.success_url).replaceAll("{CHECKOUT_SESSION_ID}", session.id);
