import { z } from "zod";
import { apiDocument } from "@/lib/http/openapi";
import { route } from "@/lib/http/route";

export const GET = route({
  summary: "This API as an OpenAPI 3.1 document",
  auth: "public",
  output: z.record(z.string(), z.unknown()),
  handle: async () => apiDocument(),
});
