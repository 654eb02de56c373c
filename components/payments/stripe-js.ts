import type { Stripe, StripeConstructor } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import type { StripeInBrowser } from "@/lib/stripe/schema";

const opened = new Map<string, Promise<Stripe>>();

/** Stripe.js for one key, loaded at most once in a page. A load that failed is tried again by the next to ask. */
export function openStripe({ publishableKey, scriptUrl }: StripeInBrowser): Promise<Stripe> {
  const name = `${scriptUrl} ${publishableKey}`;
  const held = opened.get(name);
  if (held) return held;
  const opening = scriptUrl ? openLocal(scriptUrl, publishableKey) : openReal(publishableKey);
  opened.set(name, opening);
  opening.catch(() => opened.delete(name));
  return opening;
}

async function openReal(publishableKey: string): Promise<Stripe> {
  const stripe = await loadStripe(publishableKey);
  if (!stripe) throw new Error("Stripe.js is for browsers.");
  return stripe;
}

async function openLocal(scriptUrl: string, publishableKey: string): Promise<Stripe> {
  await loadScript(scriptUrl);
  const { Stripe } = window as { Stripe?: StripeConstructor }; // what the script defines
  if (!Stripe) throw new Error("The script did not define Stripe.");
  return Stripe(publishableKey);
}

function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error("The payment script did not load."));
    };
    document.head.append(script);
  });
}
