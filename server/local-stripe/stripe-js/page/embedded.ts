import type { CheckoutWord } from "../wire";
import type { House } from "./house";
import { IntegrationError } from "./integration-error";

type Options = { clientSecret?: string; fetchClientSecret?: () => Promise<string>; onComplete?: () => void };

let isThere = false;

/** Checkout in a frame of the page: the hosted page itself, as high as what is in it. */
export async function createEmbeddedCheckout(
  { origin }: House,
  { clientSecret, fetchClientSecret, onComplete }: Options,
) {
  if (isThere) throw new IntegrationError("You cannot have multiple Embedded Checkout objects.");
  isThere = true;
  const secret = clientSecret ?? (await fetchClientSecret?.());
  const id = sessionOf(secret, "createEmbeddedCheckoutPage()");
  const frame = document.createElement("iframe");
  frame.title = "Secure payment frame";
  frame.name = "embedded-checkout";
  frame.src = `${origin}/c/pay/${id}?${new URLSearchParams({ client_secret: String(secret) })}`;
  Object.assign(frame.style, { border: "0", display: "block", width: "100%", height: "0" });

  const hear = ({ data, source }: MessageEvent<CheckoutWord>): void => {
    if (source !== frame.contentWindow || data?.localStripe !== "checkout") return;
    if ("height" in data) frame.style.height = `${data.height}px`;
    else if (data.goTo) location.assign(data.goTo);
    else onComplete?.();
  };
  const unmount = (): void => {
    removeEventListener("message", hear);
    frame.remove();
  };

  return {
    mount(place: string | HTMLElement) {
      const found = typeof place === "string" ? document.querySelector(place) : place;
      if (!found) throw new IntegrationError(`There is no element ${String(place)} to mount Checkout in.`);
      addEventListener("message", hear);
      found.append(frame);
    },
    unmount,
    destroy() {
      unmount();
      isThere = false;
    },
  };
}

export function sessionOf(secret: unknown, caller: string): string {
  const id = typeof secret === "string" ? /^(cs_\w+?)_secret_\w+$/.exec(secret)?.[1] : undefined;
  if (!id) throw new IntegrationError(`Invalid client secret for stripe.${caller}: ${String(secret)}`);
  return id;
}
