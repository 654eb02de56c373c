import { route } from "@/lib/http/route";
import { revokeLogin } from "@/lib/logins/revoke";
import { Done, done, NoInput } from "@/lib/logins/schema";

export const POST = route({
  summary: "Sign out",
  description: "Ends the login that asks. Its token stops working everywhere within seconds.",
  auth: "login",
  body: NoInput,
  output: Done,
  handle: async ({ ctx }) => {
    await revokeLogin(ctx, { id: ctx.actor.loginId });
    return done;
  },
});
