import { and, asc, eq, isNull } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { memberships, users } from "@/lib/db/schema";
import { grantRooms } from "@/lib/entitlements/grant";
import { featuresOf } from "@/lib/entitlements/rules";
import { AppError, notFound } from "@/lib/errors";
import { roomsPlans } from "@/lib/plans/catalogue";
import { days, formatDay, later } from "@/lib/time";
import { operatorCtx } from "./context";

const GRANTED_DAYS = 30;

/** Rooms without a subscription, for whoever runs this deployment. */
export async function grantRoomsPlan(email: string, name: string): Promise<string> {
  const ctx = operatorCtx();
  const plan = roomsPlans.find(({ id }) => id === name || id === `rooms-${name}`);
  if (!plan)
    throw new AppError("not_found", `There is no plan "${name}". There are: starter, professional, enterprise.`);
  const [owner] = await db()
    .select({ accountId: memberships.accountId })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.role, "owner")))
    .where(and(eq(users.email, email.trim().toLowerCase()), isNull(users.closedAt)))
    .orderBy(asc(memberships.joinedAt))
    .limit(1);
  if (!owner) throw notFound(`An account whose owner has the address "${email}"`);
  const periodEnd = later(ctx.now, days(GRANTED_DAYS));
  await grantRooms(ctx, { ...owner, features: featuresOf(plan), periodStart: ctx.now, periodEnd });
  return `The account of ${email} may use rooms as ${plan.name} does, until ${formatDay(periodEnd)}.`;
}
