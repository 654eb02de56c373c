import { route } from "@/lib/http/route";
import { regenerateKey } from "@/lib/keys/regenerate";
import { CreatedKey, RegenerateKey } from "@/lib/keys/schema";

export const POST = route({
  summary: "Replace an API key by a new one",
  description:
    "Without `keyId` it is the newest secret key that the caller made. The old key ends at once, or works on for `overlapHours` (at most 24). Say `compromised` when somebody else may hold it.",
  auth: "login",
  scope: "keys:write",
  body: RegenerateKey,
  output: CreatedKey,
  idempotent: true,
  handle: ({ ctx, body }) => regenerateKey(ctx, body),
});
