import { z } from "zod";
import { exportTransactions } from "@/lib/credits/queries";
import { ExportTransactions } from "@/lib/credits/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  summary: "What came and went, as a file for spreadsheets",
  description: "At most the latest 10,000 lines. Texts that a spreadsheet would carry out are made harmless.",
  auth: "member",
  scope: "billing:read",
  query: ExportTransactions,
  output: z.string(),
  produces: "text/csv",
  handle: ({ ctx, query }) => exportTransactions(ctx, query),
});
