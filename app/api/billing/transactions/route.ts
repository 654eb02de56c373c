import { route } from "@/lib/http/route";
import { listMovements } from "@/lib/wallet/queries";
import { ListMovements, MovementPage } from "@/lib/wallet/schema";

export const GET = route({
  summary: "List what came into your wallet and what went out",
  auth: "member",
  scope: "billing:read",
  query: ListMovements,
  output: MovementPage,
  handle: ({ ctx, query }) => listMovements(ctx, query),
});
