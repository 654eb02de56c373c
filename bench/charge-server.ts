import type { AddressInfo } from "node:net";
import { z } from "zod";
import { route } from "@/lib/http/route";
import { dollars } from "@/lib/money";
import { chargeWallet } from "@/lib/wallet/charge";
import { mountApi } from "../server/api";
import { createHttp, guard } from "../server/app";

/*
 * A charge over the product's own wrapper: key, limit, idempotency record, spending limits, ledger and the news of it.
 * The product itself opens this address only inside a session that runs.
 */

/** As the ledger's bench calls its accounts. */
const account = z.templateLiteral(["account_bench", z.int()]);

const charge = route({
  summary: "Charges a wallet and pays a provider",
  auth: "member",
  scope: "usage:write",
  body: z.strictObject({ from: account, to: account, cause: z.string() }),
  output: z.object({ outcome: z.string() }),
  idempotent: true,
  handle: ({ ctx, body: { from, to, cause } }) =>
    chargeWallet(
      { ...ctx, actor: { kind: "system", name: "bench" } },
      {
        ...{ cause: `bench:${cause}`, accountId: from, amount: dollars("0.005") },
        ...{ kind: "gift.sent", purpose: "gift", title: "A gift" },
        to: [
          { account: to, pot: "earnings_pending", amount: dollars("0.0035") },
          { pot: "income_commission", amount: dollars("0.0015") },
        ],
      },
    ),
});

const http = createHttp();
const api = mountApi([{ path: "/api/bench/charge", module: { POST: charge } }]);
guard(http, {
  health: { state: "ready" },
  api: () => api,
  pages: async (_req, res) => void res.writeHead(404).end(),
});
http.listen(0, "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo; // a TCP server that listens has one
  process.stdout.write(`ready at http://127.0.0.1:${port}\n`);
});
