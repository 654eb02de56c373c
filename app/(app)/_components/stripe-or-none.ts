import { isAppError } from "@/lib/errors";
import { stripeInBrowser } from "@/lib/stripe/browser";

/** A deployment without keys still shows what there is. */
export function stripeOrNone() {
  try {
    return stripeInBrowser();
  } catch (error) {
    if (isAppError(error) && error.code === "unavailable") return null;
    throw error;
  }
}
