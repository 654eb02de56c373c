"use client";

import type { ReactNode } from "react";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import type { Outcome } from "./outcome";
import { StripeProvider } from "./stripe-fields";
import { Till } from "./till";

type SaveCardFormProps = {
  stripe: StripeInBrowser;
  /** Of the setup intent that the server made. */
  clientSecret: string;
  returnUrl: string;
  onDone: (outcome: Outcome) => void | Promise<void>;
  aside?: ReactNode;
};

/** Keeps a card or a bank account for later. Nothing is charged. */
export function SaveCardForm({ stripe, clientSecret, returnUrl, onDone, aside }: SaveCardFormProps) {
  return (
    <StripeProvider stripe={stripe} clientSecret={clientSecret}>
      <Till
        purpose="save"
        action="Save"
        pending="Saving"
        aside={aside}
        confirm={(stripe, elements) =>
          stripe.confirmSetup({ elements, confirmParams: { return_url: returnUrl }, redirect: "if_required" })
        }
        onDone={onDone}
        endings={{
          succeeded: { title: "Saved.", words: "Nothing was charged." },
          processing: { title: "Being checked.", words: "The bank confirms the account within two working days." },
        }}
      />
    </StripeProvider>
  );
}
