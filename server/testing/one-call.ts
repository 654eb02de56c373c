import { z } from "zod";
import { businessNow } from "@/lib/clock";
import type { Ctx, UserActor } from "@/lib/ctx";
import { closePool, db } from "@/lib/db/client";
import { idSchema } from "@/lib/input";
import { confirmPayment } from "@/lib/payments/confirm";
import { createIntent } from "@/lib/payments/create-intent";
import { fillWallets } from "@/lib/payments/fill-wallets";
import { refundPayment } from "@/lib/payments/refund";
import { systemCtx } from "../loops/system";

/** One verb in a process of its own, which may be told to die in the middle of it. Run with what to do as its word. */
const Call = z.discriminatedUnion("what", [
  z.object({ what: z.literal("buy"), userId: idSchema("user"), accountId: idSchema("account") }),
  z.object({
    what: z.literal("confirm"),
    userId: idSchema("user"),
    accountId: idSchema("account"),
    paymentId: idSchema("payment"),
  }),
  z.object({
    what: z.literal("refund"),
    userId: idSchema("user"),
    accountId: idSchema("account"),
    paymentId: idSchema("payment"),
  }),
  z.object({ what: z.literal("fill") }),
]);
export type Call = z.output<typeof Call>;

const ctxOf = ({ userId, accountId }: Pick<UserActor, "userId" | "accountId">): Ctx<UserActor> => ({
  ...systemCtx("test"),
  actor: { kind: "user", userId, accountId, loginId: "login_test", role: "owner", isStaff: true },
  now: businessNow(),
  db: db(),
});

async function run(call: Call): Promise<unknown> {
  switch (call.what) {
    case "buy":
      return createIntent(ctxOf(call), { packageId: 2 });
    case "confirm":
      return confirmPayment(ctxOf(call), { paymentId: call.paymentId });
    case "refund":
      return refundPayment(ctxOf(call), { paymentId: call.paymentId, amount: "5.00", reason: "duplicate" });
    case "fill":
      return fillWallets(systemCtx("test"));
  }
}

await run(Call.parse(JSON.parse(process.argv[2] ?? "{}")));
await closePool();
