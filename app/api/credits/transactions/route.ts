import { listTransactions } from "@/lib/credits/queries";
import { ListTransactions, TransactionPage } from "@/lib/credits/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  summary: "What came and went, newest first",
  auth: "member",
  scope: "billing:read",
  query: ListTransactions,
  output: TransactionPage,
  handle: ({ ctx, query }) => listTransactions(ctx, query),
});
