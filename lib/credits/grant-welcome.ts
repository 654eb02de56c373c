import { and, eq, isNull, sql } from "drizzle-orm";
import { type Ctx, inTx, type SystemActor, type TxCtx } from "@/lib/ctx";
import { accounts } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import { announceChange } from "@/lib/outbox/announce";
import { signUpCredits } from "@/lib/plans/catalogue";

const BATCH = 500;

/** Gives a new person's account its first credits, once, and says how many it has. They never run out. */
export async function grantWelcome(ctx: TxCtx, accountId: Id<"account">): Promise<number> {
  const { balanceOf } = await postTransfer(ctx, {
    cause: causeOf(accountId),
    kind: "credits.welcome",
    legs: [
      { pot: "issued_promotional", amount: -signUpCredits },
      { account: accountId, pot: "credits", amount: signUpCredits, lot: { kind: "promotional" } },
    ],
    detail: { title: "Welcome credits" },
  });
  return balanceOf(accountId, "credits") ?? 0;
}

/** Gives them to everybody who was here before there were any. Running it again gives nothing to anybody. */
export async function welcomeEverybody(ctx: Ctx<SystemActor>): Promise<number> {
  let given = 0;
  for (;;) {
    const waiting = await withoutWelcome(ctx);
    for (const { id } of waiting) {
      await inTx(ctx, async (ctx) => {
        await grantWelcome(ctx, id);
        await announceChange(ctx, id, "credits");
      });
    }
    given += waiting.length;
    if (waiting.length < BATCH) return given;
  }
}

const withoutWelcome = ({ db }: Ctx) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.kind, "personal"),
        isNull(accounts.closedAt),
        sql`not exists (select from transfers where transfers.cause = 'account:' || ${accounts.id} || ':welcome')`,
      ),
    )
    .limit(BATCH);

const causeOf = (accountId: Id<"account">) => `account:${accountId}:welcome`;
