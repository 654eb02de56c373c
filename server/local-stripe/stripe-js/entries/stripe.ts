import { API_VERSION } from "../../version";
import { createCheckoutSdk } from "../page/checkout";
import { type Confirming, confirm } from "../page/confirm";
import type { OwnElement } from "../page/element";
import { createElements, type GroupOptions, type OwnElements } from "../page/elements";
import { createEmbeddedCheckout } from "../page/embedded";
import { type House, retrieve } from "../page/house";
import { IntegrationError } from "../page/integration-error";
import { confirmCard, createConfirmationToken, createPaymentMethod, createToken } from "../page/methods";
import { asResult, follow, type Outcome } from "../page/outcome";
import type { Params } from "../wire";

/** Wherever this script came from, the API and the frames are there too. */
const script = document.currentScript;
const origin = new URL(script instanceof HTMLScriptElement ? script.src : location.href).origin;

const train = API_VERSION.split(".")[1];

type Handles = { elements?: unknown; [name: string]: unknown };

function open(key: unknown): object {
  const house: House = { origin, key: judgeKey(key) };
  const groups = new Map<unknown, OwnElements>();
  const elementsOf = (handle: unknown): OwnElements => {
    const found = groups.get(handle);
    if (!found) throw new IntegrationError("elements should have an Elements object created by stripe.elements().");
    return found;
  };
  const asked = ({ elements, ...rest }: Handles) => ({
    ...rest,
    ...(elements !== undefined && { elements: elementsOf(elements) }),
  });
  const elementIn = (params: Params): OwnElement | undefined => ownOf(groups, (params.card ?? params) as object);

  const card =
    (caller: string) =>
    (secret: unknown, params: Params = {}) => {
      const method = params.payment_method;
      const element = typeof method === "object" && method !== null ? elementIn(method as Params) : undefined;
      return confirmCard(house, { secret, element, params, caller });
    };

  return {
    elements(options: GroupOptions = {}) {
      const made = createElements(house, options);
      groups.set(made.handle, made);
      return made.handle;
    },
    confirmPayment: (options: Handles) => confirm(house, asked(options) as Confirming, "confirmPayment"),
    confirmSetup: (options: Handles) => confirm(house, asked(options) as Confirming, "confirmSetup"),
    confirmCardPayment: card("confirmCardPayment"),
    confirmCardSetup: card("confirmCardSetup"),
    handleNextAction: ({ clientSecret }: { clientSecret: string }) => next(house, clientSecret, "handleNextAction()"),
    handleCardAction: (clientSecret: string) => next(house, clientSecret, "handleCardAction()"),
    retrievePaymentIntent: (secret: string) => read(house, secret, "retrievePaymentIntent()"),
    retrieveSetupIntent: (secret: string) => read(house, secret, "retrieveSetupIntent()"),
    createPaymentMethod(options: Handles) {
      const element = elementIn(options);
      if (options.elements === undefined)
        return createPaymentMethod(house, { ...(element && { element }), params: options });
      return createPaymentMethod(house, asked(options));
    },
    createConfirmationToken: (options: Handles) => createConfirmationToken(house, asked(options)),
    createToken(what: unknown, params: Params = {}) {
      const element = ownOf(groups, what as object);
      return createToken(house, { ...(element && { element }), params: element ? params : { [String(what)]: params } });
    },
    initCheckoutElementsSdk: (options: Parameters<typeof createCheckoutSdk>[1]) =>
      createCheckoutSdk(house, options, (made) => groups.set(made.handle, made)),
    createEmbeddedCheckoutPage: (options: Parameters<typeof createEmbeddedCheckout>[1]) =>
      createEmbeddedCheckout(house, options),
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  };
}

function judgeKey(key: unknown): string {
  if (typeof key !== "string" || key === "")
    throw new IntegrationError("Please call Stripe() with your publishable key. You used an empty string.");
  if (key.startsWith("sk_"))
    throw new IntegrationError(
      "You should not use your secret key with Stripe.js.\n        Please pass a publishable key instead.",
    );
  return key;
}

const ownOf = (groups: Map<unknown, OwnElements>, handle: object): OwnElement | undefined =>
  [...groups.values()]
    .flatMap((group) => group.find("card") ?? group.find("cardNumber") ?? [])
    .find((one) => one.handle === handle);

async function read(house: House, secret: string, caller: string): Promise<Outcome> {
  const found = await retrieve(house, secret, caller);
  return "error" in found ? found : asResult(found.intent);
}

async function next(house: House, secret: string, caller: string): Promise<Outcome> {
  const found = await retrieve(house, secret, caller);
  if ("error" in found) return found;
  const done = await follow(house, found.intent, caller);
  return "error" in done ? done : asResult(done.intent);
}

/** Called with `new` or without it, as the real one may be. */
function Stripe(key: unknown): object {
  return open(key);
}
Object.assign(window, { Stripe: Object.assign(Stripe, { version: train }) });
