import { businessNow } from "@/lib/clock";
import { closePool, db } from "@/lib/db/client";
import { isId, newId } from "@/lib/ids";
import { reserve } from "@/lib/ledger/reserve";
import { dollars } from "@/lib/money";
import { minutes } from "@/lib/time";
import { layGround } from "../server/boot/database";

/* Sets six dollars of an account's wallet aside, as a session does before it begins. */

const account = process.argv[2];
if (!isId("account", account)) throw new Error("Whose wallet?");
const ground = await layGround();
await reserve(
  {
    actor: { kind: "system", name: "journey" },
    db: db(),
    now: businessNow(),
    origin: { requestId: newId("req"), ip: null, userAgent: null },
  },
  {
    account,
    pot: "wallet",
    amount: dollars("6"),
    purpose: "session",
    purposeId: account,
    turn: 1,
    lastsMs: minutes(30),
  },
);
await closePool();
await ground.stop();
