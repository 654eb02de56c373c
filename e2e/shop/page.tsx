import {
  AddressElement,
  Elements,
  ExpressCheckoutElement,
  LinkAuthenticationElement,
  PaymentElement,
  useElements,
  useStripe,
} from "@stripe/react-stripe-js";
import type { Stripe, StripeElements, StripeElementsOptions } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { type FormEvent, StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { BankQuestion } from "@/components/payments/bank-question";
import { PaymentForm } from "@/components/payments/payment-form";
import { SaveCardForm } from "@/components/payments/save-card-form";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { CheckoutView, EmbeddedView } from "./checkout-views";

/** What a test wants to see, put into the page by the shop's server. */
export type Wanted = { stripe: StripeInBrowser; theme?: "light" | "dark" } & (
  | ({ view: "elements" } & ElementsWanted)
  | { view: "pay" | "save" | "bank" | "embedded" | "checkout"; clientSecret: string }
);

type ElementsWanted = {
  options: StripeElementsOptions;
  payment?: object;
  confirm?: "payment" | "setup" | "token";
  redirect?: "always" | "if_required";
  clientSecret?: string;
  with?: ("address" | "email" | "express")[];
};

declare global {
  interface Window {
    shop: { stripe: Stripe | null; elements: StripeElements | null; events: string[]; results: unknown[] };
  }
}
window.shop = { stripe: null, elements: null, events: [], results: [] };

const wanted = JSON.parse(document.getElementById("wanted")?.textContent ?? "{}") as Wanted; // the shop's server wrote it
const { publishableKey } = wanted.stripe;
const note = (event: unknown): void => {
  window.shop.events.push(JSON.stringify(event));
};

function ElementsView(wanted: ElementsWanted) {
  const [stripe] = useState(() => loadStripe(publishableKey));
  const [isShown, setShown] = useState(true);
  return (
    <Elements stripe={stripe} options={wanted.options}>
      {isShown && <Till {...wanted} />}
      <button type="button" onClick={() => setShown(!isShown)}>
        {isShown ? "Take away" : "Bring back"}
      </button>
    </Elements>
  );
}

function Till(wanted: ElementsWanted) {
  const [stripe, elements] = [useStripe(), useElements()];
  const [said, setSaid] = useState("");
  useEffect(() => {
    window.shop.stripe = stripe;
    window.shop.elements = elements;
  }, [stripe, elements]);

  const pay = async (event: FormEvent) => {
    event.preventDefault();
    if (!stripe || !elements) return;
    setSaid("");
    const result = await confirm(wanted, stripe, elements).catch((error: Error) => ({
      thrown: `${error.name}: ${error.message}`,
    }));
    window.shop.results.push(result);
    setSaid(JSON.stringify(result));
  };
  return (
    <form onSubmit={pay}>
      {wanted.with?.includes("express") && <ExpressCheckoutElement onConfirm={note} onReady={note} />}
      {wanted.with?.includes("email") && <LinkAuthenticationElement onChange={note} />}
      {wanted.with?.includes("address") && <AddressElement options={{ mode: "billing" }} onChange={note} />}
      <PaymentElement
        {...(wanted.payment && { options: wanted.payment })}
        onReady={() => note({ ready: true })}
        onChange={note}
        onFocus={note}
        onBlur={note}
        onEscape={() => note({ escape: true })}
        onLoadError={note}
      />
      <button type="submit">Pay</button>
      <output>{said}</output>
    </form>
  );
}

async function confirm(wanted: ElementsWanted, stripe: Stripe, elements: StripeElements): Promise<unknown> {
  const { redirect = "if_required", clientSecret } = wanted;
  const confirmParams = { return_url: `${location.origin}/back` };
  if (clientSecret) await elements.submit();
  if (wanted.confirm === "token") return stripe.createConfirmationToken({ elements });
  const asked = { elements, confirmParams, redirect, ...(clientSecret && { clientSecret }) } as never; // the types list each combination by itself
  return wanted.confirm === "setup" ? stripe.confirmSetup(asked) : stripe.confirmPayment(asked);
}

function Shop() {
  if (wanted.view === "elements") return <ElementsView {...wanted} />;
  const { stripe, clientSecret, view } = wanted;
  const rest = { stripe, clientSecret, returnUrl: `${location.origin}/back`, onDone: note };
  if (view === "embedded") return <EmbeddedView publishableKey={publishableKey} clientSecret={clientSecret} />;
  if (view === "checkout") return <CheckoutView publishableKey={publishableKey} clientSecret={clientSecret} />;
  return (
    <main className="grid gap-5" style={{ maxWidth: 520, margin: "0 auto", padding: 20 }}>
      <h1 className="text-31">{view === "save" ? "Save a card" : "Buy credits"}</h1>
      {view === "save" && <SaveCardForm {...rest} />}
      {view === "bank" && <BankQuestion {...rest} amount="$24.99" />}
      {view === "pay" && (
        <PaymentForm {...rest} amount="$24.99" aside="Then you have 168 credits. Declined means not charged." />
      )}
    </main>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
