import { findPlan, plans } from "@/lib/plans/catalogue";

/** A plan's id, or its bare name, which the address it is sent to completes. */
export const isPlanName = (name: string): boolean =>
  findPlan(name) !== undefined || name === "pro" || plans.some(({ id }) => id.endsWith(`-${name}`));

/** What the first key is called: the gateway's documents print another prefix than the rooms'. */
export const firstKeyLabel = (family: string | undefined): "mk" | "nk" => (family === "gateway" ? "nk" : "mk");
