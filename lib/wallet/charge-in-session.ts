import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import type { Charged, ChargeInSession } from "./schema";

/**
 * Charges the client of the caller's own open session. There is no other way in which one account charges another:
 * without such a session everybody hears the same, whoever they are and whatever they name.
 */
export async function chargeInSession(ctx: Ctx<MemberActor>, _: ChargeInSession): Promise<Charged> {
  requireScope(ctx, "billing:write");
  throw new AppError("forbidden", "Only a provider can charge, and only within a session of theirs that is open.");
}
