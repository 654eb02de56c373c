import { listPackages } from "@/lib/credits/queries";
import { Packages } from "@/lib/credits/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  summary: "The packages that credits are sold in",
  auth: "public",
  output: Packages,
  handle: async () => listPackages(),
});
