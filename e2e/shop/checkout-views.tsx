import { EmbeddedCheckout, EmbeddedCheckoutProvider } from "@stripe/react-stripe-js";
import { CheckoutElementsProvider, PaymentElement, useCheckoutElements } from "@stripe/react-stripe-js/checkout";
import { loadStripe } from "@stripe/stripe-js/pure";
import { useState } from "react";

type Props = { publishableKey: string; clientSecret: string };

/** Checkout in a frame of the page. */
export function EmbeddedView({ publishableKey, clientSecret }: Props) {
  const [stripe] = useState(() => loadStripe(publishableKey));
  const [options] = useState({ clientSecret, onComplete: () => window.shop.events.push('"complete"') });
  return (
    <EmbeddedCheckoutProvider stripe={stripe} options={options}>
      <EmbeddedCheckout />
    </EmbeddedCheckoutProvider>
  );
}

/** Checkout out of elements. */
export function CheckoutView({ publishableKey, clientSecret }: Props) {
  const [stripe] = useState(() => loadStripe(publishableKey));
  const [options] = useState({
    clientSecret,
    elementsOptions: { appearance: { variables: { borderRadius: "11px" } } },
  });
  return (
    <CheckoutElementsProvider stripe={stripe} options={options}>
      <Counter />
    </CheckoutElementsProvider>
  );
}

function Counter() {
  const state = useCheckoutElements();
  const [said, setSaid] = useState("");
  if (state.type !== "success") return <p>{state.type === "error" ? state.error.message : "Loading"}</p>;
  const { checkout } = state;
  const tell = async (result: Promise<{ type: string; error?: { message: string } }>) => {
    const { type, error } = await result;
    setSaid(error?.message ?? type);
  };
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <h1>{checkout.total.total.amount}</h1>
      {checkout.lineItems.map(({ id, name, total }) => (
        <p key={id}>
          {name}: {total.amount}
        </p>
      ))}
      <PaymentElement options={{ fields: { billingDetails: { address: "if_required" } } }} />
      <button type="button" onClick={() => tell(checkout.updateEmail("noor@vale.example"))}>
        I am Noor
      </button>
      <button type="button" onClick={() => tell(checkout.applyPromotionCode("NOBODY"))}>
        Wrong code
      </button>
      <button type="button" onClick={() => tell(checkout.applyPromotionCode("HALF"))}>
        Right code
      </button>
      <button type="button" onClick={() => tell(checkout.confirm({ redirect: "if_required" }))}>
        Pay
      </button>
      <output>{said}</output>
      <p>{checkout.status.type}</p>
    </form>
  );
}
