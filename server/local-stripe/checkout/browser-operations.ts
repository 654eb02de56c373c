import { emailAddress } from "../http/email";
import { noSuch, refused } from "../http/errors";
import { operation } from "../http/operation";
import { clearable, must, opaque, text } from "../http/params";
import { methodAsked } from "../payments/intent-confirm";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { completeSession } from "./complete";
import type { Orders } from "./create";
import { lineItems } from "./line-items";
import { applyCode } from "./promotion";

type Session = Kinds["checkout.session"];

/** What Stripe.js does with a session: reads it, changes what its customer may change, and completes it. */
export const checkoutBrowserOperations = [
  operation({
    on: "GET /v1/_local/checkout/{id}",
    open: true,
    params: { client_secret: must(text()) },
    async run({ space, params, id }) {
      return viewOf(space, await opened(space, id, params.client_secret));
    },
  }),
  operation({
    on: "POST /v1/_local/checkout/{id}",
    open: true,
    params: { client_secret: must(text()), email: emailAddress(), promotion_code: clearable(text()) },
    async run({ space, params, id }) {
      const session = await opened(space, id, params.client_secret);
      if (params.email !== undefined) session.customer_email = params.email;
      if (params.promotion_code !== undefined) await applyCode(space, session, params.promotion_code);
      return viewOf(space, session);
    },
  }),
  operation({
    on: "POST /v1/_local/checkout/{id}/complete",
    open: true,
    params: {
      ...{ email: emailAddress(), name: text(), payment_method: text(), payment_method_data: opaque() },
      ...{ client_secret: text(), key: text(), expected_amount: must(clearable(text())) },
    },
    async run({ space, params, id }) {
      const session = await opened(space, id, params.client_secret);
      const customer = session.customer === null ? undefined : await space.find("customer", session.customer);
      await space.follow(customer?.test_clock);
      if ((params.expected_amount ?? "") !== String(session.amount_total ?? ""))
        throw refused("The amount changed meanwhile.", { param: "expected_amount" });
      await completeSession(space, session, await methodAsked(space, params), {
        email: params.email ?? null,
        name: params.name ?? null,
      });
      return { ...(await viewOf(space, session)), next_action: await nextAction(space, session) };
    },
  }),
];

/** A hosted session has no secret: whoever has its address may pay it. */
async function opened(space: Space, id: string, secret: string | undefined): Promise<Session> {
  const session = await space.get("checkout.session", id);
  if (session.client_secret !== null && secret !== session.client_secret)
    throw noSuch("checkout session", id, "client_secret");
  return session;
}

/** A browser sees what its customer is sold, and not what the shop wrote down. */
async function viewOf(space: Space, session: Session) {
  const { id, object, mode, status, payment_status, currency, livemode, payment_method_types } = session;
  const { amount_subtotal, amount_total, total_details, customer_email, return_url } = session;
  const customer = session.customer === null ? undefined : await space.find("customer", session.customer);
  const [discount] = session.discounts ?? [];
  const promotion = discount?.promotion_code && (await space.own("promotion_code", String(discount.promotion_code)));
  return {
    ...{ id, object, mode, status, payment_status, currency, livemode, payment_method_types },
    ...{ amount_subtotal, amount_total, total_details, return_url: return_url ?? null },
    email: customer_email ?? customer?.email ?? null,
    redirect_on_completion: session.redirect_on_completion ?? "always",
    needs_method: session.payment_method_collection !== "if_required" || session.amount_total !== 0,
    promotion_code: promotion ? promotion.code : null,
    trial: trialOf(space, session),
    line_items: await lineItems(space, session),
  };
}

const DAY = 86_400;

function trialOf(space: Space, session: Session): { days: number; ends_at: number } | null {
  const { subscription_data } = (space.inner(session).orders ?? {}) as Orders; // only `createSession` fills it
  const { trial_period_days: days, trial_end } = subscription_data ?? {};
  if (days !== undefined) return { days, ends_at: space.now + days * DAY };
  if (trial_end === undefined) return null;
  return { days: Math.ceil((trial_end - space.now) / DAY), ends_at: trial_end };
}

/** What the bank still wants to know, if the session is not complete. */
async function nextAction(space: Space, session: Session): Promise<unknown> {
  if (session.status !== "open") return null;
  const setup = space.inner(session).waitingFor ?? session.setup_intent;
  const held = setup
    ? await space.own("setup_intent", setup)
    : session.payment_intent
      ? await space.own("payment_intent", session.payment_intent)
      : undefined;
  return held?.next_action ? { intent: held.id, client_secret: held.client_secret, ...held.next_action } : null;
}
