import type { Appearance, StripeCheckoutSession } from "@stripe/stripe-js";
import type { Font, Params } from "../wire";
import { challenge } from "./challenge";
import { type CheckoutAnswer, shownSession } from "./checkout-session";
import { sendTyped } from "./confirm";
import { createElements, type OwnElements } from "./elements";
import { createEmitter } from "./emitter";
import { type HeldSession, holdSession, type Refused, type Result } from "./held-session";
import { errorOf, type House, type Intent, post } from "./house";
import { leaveFor } from "./outcome";

type Options = {
  clientSecret: string | Promise<string>;
  elementsOptions?: { appearance?: Appearance; fonts?: Font[] };
  defaultValues?: { email?: string };
};
type Confirming = { returnUrl?: string; redirect?: "always" | "if_required"; email?: string; paymentMethod?: string };

/** Checkout out of elements: the session counts, the page draws. */
export function createCheckoutSdk(house: House, options: Options, onElements: (made: OwnElements) => void) {
  const events = createEmitter();
  const session = holdSession(house, options, events);
  const elements = createElements(house, { ...options.elementsOptions }, () => offerOf(session));
  onElements(elements);

  return {
    on: (name: "change", listener: (session: StripeCheckoutSession) => void) =>
      events.on(name, (changed) => listener(changed as StripeCheckoutSession)), // nothing else is told by that name
    async loadActions() {
      try {
        const first = await session.open();
        const getSession = () => shownSession(session.answer() ?? first);
        const own = changes(session, elements);
        return {
          type: "success",
          actions: {
            ...own,
            getSession,
            confirm: (asked?: Confirming) => confirm(house, session, { elements, asked }),
          },
        };
      } catch (error) {
        return { type: "error", error: { message: error instanceof Error ? error.message : "", code: null } };
      }
    },
    changeAppearance: (appearance: Appearance) => void elements.handle.update({ appearance }),
    loadFonts: (fonts: Font[]) => void elements.handle.update({ fonts }),
    ...makers(elements),
  };
}

async function offerOf(session: HeldSession) {
  try {
    const { mode, payment_method_types } = await session.open();
    return { methods: mode === "subscription" ? ["card"] : payment_method_types, keeps: mode !== "payment" };
  } catch {
    return { error: { type: "invalid_request_error" as const, message: "There is no such Checkout Session." } };
  }
}

type Till = { elements: OwnElements; asked: Confirming | undefined };

const NOT_AUTHENTICATED =
  "We are unable to authenticate your payment method. Please choose a different payment method and try again.";

async function confirm(house: House, session: HeldSession, { elements, asked = {} }: Till): Promise<Result> {
  const held = session.answer() ?? (await session.open());
  const email = asked.email ?? held.email;
  if (!email) return refused({ message: "Your email is incomplete.", code: null });
  const { to, client_secret } = await session.door();
  const params = { client_secret, email, expected_amount: held.amount_total ?? "" };
  const isTyped = !asked.paymentMethod && held.needs_method;
  const answer = isTyped
    ? await sendTyped(elements, `${to}/complete`, params, { caller: "confirm" })
    : await post(house, `${to}/complete`, { ...params, payment_method: asked.paymentMethod });
  if ("error" in answer) return refused({ message: answer.error.message ?? "", code: null });
  const error = errorOf(answer);
  if (error) return failed(error.message ?? "", error.decline_code ?? null);

  const action = answer.body.next_action as { intent: string; client_secret: string } | null;
  if (action) await challenge(house, intentOf(action));
  const done = await session.read();
  const after = session.answer();
  if (done.type === "success" && after?.status !== "complete") return failed(NOT_AUTHENTICATED, null);
  return after ? leave(done, after, asked) : done;
}

const refused = (error: Refused): Result => ({ type: "error", error });
const failed = (message: string, declineCode: string | null): Result =>
  refused({ message, code: "paymentFailed", paymentFailed: { declineCode } });

const intentOf = ({ intent, client_secret }: { intent: string; client_secret: string }): Intent => ({
  ...{ id: intent, client_secret, status: "requires_action" },
  object: intent.startsWith("seti_") ? "setup_intent" : "payment_intent",
});

function leave(done: Result, after: CheckoutAnswer, { redirect = "always", returnUrl }: Confirming) {
  const to = returnUrl ?? after.return_url;
  if (done.type === "error" || redirect === "if_required" || after.redirect_on_completion !== "always" || !to)
    return done;
  return leaveFor(to.replaceAll("{CHECKOUT_SESSION_ID}", after.id));
}

/** What a page may change besides confirming. What this server has no notion of is not here. */
const changes = (session: HeldSession, elements: OwnElements) => ({
  applyPromotionCode: (code: string) => session.change({ promotion_code: code.trim() }),
  removePromotionCode: () => session.change({ promotion_code: null }),
  async updateEmail(email: string | null): Promise<Result> {
    if (email === null) return session.read();
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return session.change({ email });
    return refused({ message: "Your email is invalid.", code: "invalidEmail" });
  },
  async runServerUpdate(work: () => Promise<unknown>): Promise<Result> {
    await work();
    return session.read();
  },
  async validateElements(): Promise<Result> {
    const submitted = await elements.submit();
    if (!("error" in submitted)) return session.read();
    const { message = "" } = submitted.error;
    return refused({ code: "validation_error", message, validation_errors: [{ element: "payment", message }] });
  },
});

function makers({ create, find }: OwnElements) {
  const found = (kind: string, mode?: string) => () => find(kind, mode)?.handle ?? null;
  return {
    createPaymentElement: (options?: Params) => create("payment", options),
    createBillingAddressElement: (options?: Params) => create("address", { ...options, mode: "billing" }),
    createShippingAddressElement: (options?: Params) => create("address", { ...options, mode: "shipping" }),
    createExpressCheckoutElement: (options?: Params) => create("expressCheckout", options),
    getPaymentElement: found("payment"),
    getBillingAddressElement: found("address", "billing"),
    getShippingAddressElement: found("address", "shipping"),
    getExpressCheckoutElement: found("expressCheckout"),
  };
}
