import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { provide } from "@/lib/env";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/input";
import { postTransfer } from "@/lib/ledger/post";
import { mountApi } from "../api";
import { createHttp, guard } from "../app";

/*
 * A server that does nothing but take and move money, over the product's own wrapper and ledger. Tests start several
 * on one database and kill them.
 */

const amount = z.int().min(1).max(1_000_000_000);
const cause = z.string().min(1).max(100);
const account = idSchema("account");

const spend = route({
  summary: "Spends from a wallet",
  auth: "public",
  body: z.strictObject({ account, amount, cause }),
  output: z.object({ outcome: z.string(), balance: z.number() }),
  handle: async ({ ctx, body }) => {
    const done = await postTransfer(ctx, {
      cause: `till:${body.cause}`,
      kind: "till.spent",
      spends: true,
      legs: [
        { account: body.account, pot: "wallet", amount: -body.amount },
        { pot: "income_commission", amount: body.amount },
      ],
    });
    return { outcome: done.outcome, balance: done.balanceOf(body.account, "wallet") ?? 0 };
  },
});

const move = route({
  summary: "Moves from one wallet to another",
  auth: "public",
  body: z.strictObject({ from: account, to: account, amount, cause }),
  output: z.object({ outcome: z.string() }),
  handle: async ({ ctx, body }) =>
    postTransfer(ctx, {
      cause: `till:${body.cause}`,
      kind: "till.moved",
      spends: true,
      legs: [
        { account: body.from, pot: "wallet", amount: -body.amount },
        { account: body.to, pot: "wallet", amount: body.amount, lot: { kind: "paid" } },
      ],
    }),
});

const total = route({
  summary: "What is in all wallets at one instant",
  auth: "public",
  output: z.object({ total: z.number() }),
  handle: async () => {
    const [row] = await db().execute<{ total: number }>(
      sql`select coalesce(sum(balance), 0)::float8 as total from pots where kind = 'wallet'`,
    );
    return { total: row?.total ?? 0 };
  },
});

provide({
  JWT_SECRET: "a-secret-for-tests-and-for-nothing-else",
  NEXTAUTH_SECRET: "another-secret-for-tests-and-nothing-else",
});
const http = createHttp();
const api = mountApi([
  { path: "/api/till/spend", module: { POST: spend } },
  { path: "/api/till/move", module: { POST: move } },
  { path: "/api/till/total", module: { GET: total } },
]);
guard(http, {
  health: { state: "ready" },
  api: () => api,
  pages: async (_req, res) => void res.writeHead(404).end(),
});
http.listen(0, "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo; // a TCP server that listens has one
  process.stdout.write(`ready at http://127.0.0.1:${port}\n`);
});
