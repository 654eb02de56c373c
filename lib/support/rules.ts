import type { RoomsPlan } from "@/lib/plans/catalogue";

/** From the least to the most. */
export const SUPPORT_LEVELS = ["standard", "priority", "phone", "dedicated"] as const;
export type SupportLevel = (typeof SUPPORT_LEVELS)[number];

export const LEVEL_WORDS: Record<SupportLevel, string> = {
  standard: "Standard",
  priority: "Priority",
  phone: "Phone",
  dedicated: "Dedicated",
};

type Features = Pick<RoomsPlan, "support" | "hasDedicatedSupport">;

/** The best of what an account's plans give. Without a plan it is the standard. */
export function levelFor(plans: readonly Features[]): SupportLevel {
  const given = plans.map(levelOfPlan);
  return SUPPORT_LEVELS.findLast((level) => given.includes(level)) ?? "standard";
}

function levelOfPlan({ support, hasDedicatedSupport }: Features): SupportLevel {
  if (hasDedicatedSupport) return "dedicated";
  if (support === "phone") return "phone";
  return support === "priority-email" ? "priority" : "standard";
}
