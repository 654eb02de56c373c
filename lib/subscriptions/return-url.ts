import { env } from "@/lib/env";
import { invalid } from "@/lib/errors";
import { isAllowedOrigin } from "@/lib/origins";

/** Where a page of Stripe's leads back to: one of our own pages, or one that the operator has named. Nobody is sent elsewhere. */
export function returnTo(url: string | undefined): string {
  if (url === undefined) return new URL("/dashboard/billing", env().publicUrl).href;
  if (!isAllowedOrigin(new URL(url).origin))
    throw invalid({ returnUrl: "This address is not one that Parley may send people to." });
  return url;
}
