import { parseArgs } from "node:util";
import { env } from "@/lib/env";
import { stripeTarget } from "@/lib/stripe/target";
import type { SetUpStripe, StripeSetUp } from "@/lib/stripe-catalogue/schema";
import { setUpStripe } from "@/lib/stripe-catalogue/set-up";
import { readAddress } from "../boot/address";
import { houseCtx, RETURN, WEBHOOKS } from "../boot/set-up-stripe";
import { startStripe } from "../boot/stripe";

const OPTIONS = { check: { type: "boolean" }, "roll-secret": { type: "boolean" } } as const;

/** Brings the configured Stripe in step with the catalogue and says what that took. With `--check` it only looks. */
export async function setupStripe(words: string[]): Promise<string> {
  const { values } = parseArgs({ args: words, options: OPTIONS });
  const secrets = values["roll-secret"] ? "roll" : "keep";
  const stripe = await startStripe();
  try {
    const name = nameOfTarget();
    const webhookUrl = webhookUrlOf();
    const done = await setUpStripe(houseCtx("command line"), {
      mode: values.check ? "check" : "apply",
      webhookUrl,
      returnUrl: pagesAt() + RETURN,
      secrets,
    });
    if (values.check && done.findings.length > 0) throw new Error(`${name} is not in step:\n${listed(done)}`);
    return [...told(name, done), ...secretsOf(done, secrets), ...(webhookUrl === null ? [whyNoEndpoint()] : [])].join(
      "\n",
    );
  } finally {
    await stripe.stop();
  }
}

const whyNoEndpoint = (): string =>
  stripeTarget().kind === "local"
    ? "The webhook endpoints are made when Parley starts."
    : "No webhook endpoint was looked at: Stripe could not reach this machine. Set PUBLIC_URL to where the world reaches Parley.";

/** A server that runs here may be on another port than the usual one. */
function pagesAt(): string {
  const { publicUrl, PUBLIC_URL, FRONTEND_URL, PARLEY_DATA } = env();
  const address = readAddress(PARLEY_DATA);
  if (PUBLIC_URL || FRONTEND_URL || address === undefined) return publicUrl;
  return `http://localhost:${new URL(address).port}`;
}

function nameOfTarget(): string {
  const target = stripeTarget();
  if (target.kind === "local") return `The local Stripe at ${env().STRIPE_LOCAL_URL}`;
  return `Stripe (${env().isLive ? "live" : "test mode"})`;
}

/** A local Stripe tells the Parley that runs here; a real one reaches only what the world reaches. */
function webhookUrlOf(): string | null {
  const { publicUrl, PARLEY_DATA } = env();
  const base = stripeTarget().kind === "local" ? readAddress(PARLEY_DATA) : publicUrl;
  if (base === undefined) return null;
  const isOnlyHere = /^(?:localhost|127\.|\[::1\])/.test(new URL(base).hostname);
  return isOnlyHere && stripeTarget().kind === "real" ? null : base + WEBHOOKS;
}

const told = (name: string, { findings }: StripeSetUp): string[] =>
  findings.length === 0
    ? [`${name} has everything already. Nothing was changed.`]
    : [`${name} is in step. Put right:`, listed({ findings })];

const listed = ({ findings }: Pick<StripeSetUp, "findings">): string =>
  findings.map(({ what, why }) => `  ${what}: ${why}`).join("\n");

function secretsOf({ secrets }: StripeSetUp, asked: SetUpStripe["secrets"]): string[] {
  if (secrets.length === 0) return [];
  return [
    "For the environment, told this once:",
    `STRIPE_WEBHOOK_SECRET=${secrets.join(",")}`,
    ...(asked === "roll"
      ? ["The old endpoints are still there. Start Parley with the new secrets, then run this again."]
      : []),
  ];
}
