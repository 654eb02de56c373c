import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { cards } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { stripeMode } from "@/lib/stripe/target";
import { accountOfCustomer } from "@/lib/stripe-customers/queries";
import { type CardRow, lockCards, setDefault } from "./internal";
import { cardName } from "./rules";

/** `foreign`: it belongs to nobody here. */
export type Looked = "kept" | "removed" | "unchanged" | "foreign";

/** Asks Stripe how a payment method stands and writes down what we keep of it. Pages and events both come here. */
export async function lookAtCard(ctx: Ctx, methodId: string): Promise<Looked> {
  const method = await stripeRead((stripe) => stripe.paymentMethods.retrieve(methodId));
  const customerId = typeof method.customer === "string" ? method.customer : method.customer?.id;
  const [known] = await ctx.db.select().from(cards).where(eq(cards.methodId, methodId));
  const accountId = known?.accountId ?? (customerId && (await accountOfCustomer(ctx, customerId)));
  if (!accountId) return "foreign";
  return inTx(ctx, async (ctx) => {
    const kept = await lockCards(ctx, accountId);
    const before = kept.find((card) => card.methodId === methodId);
    if (!customerId) return forget(ctx, kept, before);
    return keep(ctx, { accountId, kept, before, facts: factsOf(method) });
  });
}

type Facts = Pick<CardRow, "methodId" | "kind" | "brand" | "last4" | "expMonth" | "expYear">;

function factsOf({ id, card, us_bank_account: bank, type }: Stripe.PaymentMethod): Facts {
  return {
    methodId: id,
    kind: card ? "card" : "bank",
    brand: card?.brand ?? bank?.bank_name ?? type,
    last4: card?.last4 ?? bank?.last4 ?? "",
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
  };
}

type Keep = { accountId: Id<"account">; kept: CardRow[]; before: CardRow | undefined; facts: Facts };

async function keep(ctx: TxCtx, { accountId, kept, before, facts }: Keep): Promise<Looked> {
  if (before && isSame(before, facts)) return "unchanged";
  if (before) await ctx.db.update(cards).set(facts).where(eq(cards.id, before.id));
  else if (!(await add(ctx, { accountId, kept, facts }))) return "unchanged";
  await announceChange(ctx, accountId, "cards");
  return "kept";
}

async function add(ctx: TxCtx, { accountId, kept, facts }: Omit<Keep, "before">): Promise<boolean> {
  const [made] = await ctx.db
    .insert(cards)
    .values({
      ...{ id: newId("card"), accountId, stripe: stripeMode(), ...facts },
      isDefault: kept.every((card) => !card.isDefault),
      addedAt: ctx.now,
    })
    // One that was removed here stays removed: Stripe never attaches it again.
    .onConflictDoNothing()
    .returning({ id: cards.id });
  if (made)
    await recordAudit(ctx, { accountId, action: "card.added", target: made.id, detail: { name: cardName(facts) } });
  return made !== undefined;
}

async function forget(ctx: TxCtx, kept: CardRow[], card: CardRow | undefined): Promise<Looked> {
  if (!card) return "unchanged";
  await ctx.db.update(cards).set({ isDefault: false, removedAt: ctx.now }).where(eq(cards.id, card.id));
  const rest = kept.filter((one) => one.id !== card.id);
  if (card.isDefault) await setDefault(ctx, rest, rest.at(-1)?.id);
  await recordAudit(ctx, {
    ...{ accountId: card.accountId, action: "card.removed", target: card.id },
    detail: { name: cardName(card) },
  });
  await announceChange(ctx, card.accountId, "cards");
  return "removed";
}

const isSame = (row: CardRow, facts: Facts): boolean =>
  (Object.keys(facts) as (keyof Facts)[]).every((name) => row[name] === facts[name]); // `Facts` has no other keys
