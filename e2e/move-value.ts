import { businessNow } from "@/lib/clock";
import { closePool, db } from "@/lib/db/client";
import { type Id, isId, newId } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import { layGround } from "../server/boot/database";

/* Gives an account something to have books about: 60 credits bought, 25 of them used. Says the id of the last transfer. */

const account = process.argv[2];
if (!isId("account", account)) throw new Error("Whose books?");
const ground = await layGround();
const ctx = {
  actor: { kind: "system" as const, name: "journey" },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
};
await move(account);
await closePool();
await ground.stop();

async function move(account: Id<"account">): Promise<void> {
  const price = 9_990_000;
  await postTransfer(ctx, {
    cause: `journey:${account}:bought`,
    kind: "credits.bought",
    detail: { package: "Starter", price: "$9.99" },
    legs: [
      { pot: "stripe", amount: -price },
      { pot: "deferred", amount: price },
      { pot: "issued_paid", amount: -50 },
      { pot: "issued_bonus", amount: -10 },
      { account, pot: "credits", amount: 50, lot: { kind: "paid", price } },
      { account, pot: "credits", amount: 10, lot: { kind: "bonus" } },
    ],
  });
  const { transferId } = await postTransfer(ctx, {
    cause: `journey:${account}:used`,
    kind: "credits.spent",
    detail: { quality: "720p", minutes: 3 },
    recognises: "income_credits",
    legs: [
      { account, pot: "credits", amount: -25 },
      { pot: "burned", amount: 25 },
    ],
  });
  process.stdout.write(`${transferId}\n`);
}
