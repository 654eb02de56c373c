import { route } from "@/lib/http/route";
import { currentKey } from "@/lib/keys/queries";
import { CurrentKey } from "@/lib/keys/schema";

export const GET = route({
  summary: "Which API key this is",
  description: "For trying a key out. Answers from memory.",
  auth: "key",
  output: CurrentKey,
  handle: ({ ctx }) => currentKey(ctx),
});
