import { route } from "@/lib/http/route";
import { requestReset } from "@/lib/logins/request-reset";
import { Done, done, RequestReset } from "@/lib/logins/schema";

export const POST = route({
  summary: "Ask for a mail to choose another password",
  description: "The answer is the same whether or not the address has an account.",
  auth: "public",
  body: RequestReset,
  output: Done,
  status: 202,
  handle: async ({ ctx, body }) => {
    await requestReset(ctx, body);
    return done;
  },
});
