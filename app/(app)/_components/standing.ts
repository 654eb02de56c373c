import { cache } from "react";
import { listSubscriptions } from "@/lib/subscriptions/queries";
import { getUsage } from "@/lib/usage/queries";

/* What stands above every page is also what some pages are about: asked once a request. */

export const standingPlans = cache(listSubscriptions);
export const standingUsage = cache(getUsage);
