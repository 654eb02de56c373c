"use client";

import { Elements, PaymentElement } from "@stripe/react-stripe-js";
import type { Stripe, StripeError, StripePaymentElementOptions } from "@stripe/stripe-js";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { useLook } from "./look";
import { openStripe } from "./stripe-js";

type ProviderProps = { stripe: StripeInBrowser; clientSecret: string; children: ReactNode };

/** Stripe.js in our look, for one payment or one card to save. */
export function StripeProvider({ stripe, clientSecret, children }: ProviderProps) {
  const look = useLook();
  const { opening, failed, again } = useStripeJs(stripe);
  const options = useMemo(() => look && { clientSecret, ...look, loader: "never" as const }, [clientSecret, look]);

  if (failed) {
    return (
      <Notice
        tone="loss"
        title="The payment form did not load."
        urgent
        action={
          <Button variant="line" size="small" onClick={again}>
            Try again
          </Button>
        }
      >
        Nothing was charged. A blocker in the browser may hold it back.
      </Notice>
    );
  }
  if (!opening || !options) return <FieldsToCome />;
  return (
    // Neither can change in the life of a form, so another payment gets another one.
    <Elements key={clientSecret} stripe={opening} options={options}>
      {children}
    </Elements>
  );
}

function useStripeJs(stripe: StripeInBrowser) {
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  const [opening, setOpening] = useState<Promise<Stripe | null>>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is the same load again.
  useEffect(() => {
    let isHere = true;
    const loading = openStripe(stripe).catch(() => {
      if (isHere) setFailed(true);
      return null;
    });
    setOpening(loading);
    return () => {
      isHere = false;
    };
  }, [stripe.publishableKey, stripe.scriptUrl, tries]);

  const again = () => {
    setFailed(false);
    setTries(tries + 1);
  };
  return { opening, failed, again };
}

type FieldsProps = {
  options?: StripePaymentElementOptions;
  onReady: () => void;
  onLoadError: (error: StripeError) => void;
};

/** The fields themselves, with their place kept until they are there. */
export function StripeFields({ options, onReady, onLoadError }: FieldsProps) {
  const [isReady, setReady] = useState(false);
  const ready = () => {
    setReady(true);
    onReady();
  };
  return (
    <div className="relative">
      {!isReady && <FieldsToCome />}
      <div className={isReady ? undefined : "absolute inset-x-0 top-0 opacity-0"}>
        <PaymentElement
          options={{ ...FIELDS, ...options }}
          onReady={ready}
          onLoadError={({ error }) => onLoadError(error)}
        />
      </div>
    </div>
  );
}

const FIELDS: StripePaymentElementOptions = {
  business: { name: "Parley" },
  layout: { type: "tabs" },
  fields: { billingDetails: { address: "if_required" } },
};

function FieldsToCome() {
  return (
    <div className="grid gap-4" role="status" aria-label="Loading the payment form">
      {["w-24", "w-32"].map((width) => (
        <div key={width} className="grid gap-2">
          <Skeleton className={width} />
          <div className="h-10 rounded-control border border-rule touch:h-12" />
        </div>
      ))}
    </div>
  );
}
