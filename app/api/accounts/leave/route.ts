import { leaveAccount } from "@/lib/accounts/leave";
import { LeftAccount, NoInput } from "@/lib/accounts/schema";
import { forgetLogin } from "@/lib/auth/live-logins";
import { route } from "@/lib/http/route";

export const POST = route({
  auth: "login",
  summary: "Leave the account that this login acts for",
  description: "The last owner cannot leave. Afterwards the login acts for another of your accounts.",
  body: NoInput,
  output: LeftAccount,
  handle: async ({ ctx }) => {
    const answer = await leaveAccount(ctx);
    forgetLogin(ctx.actor.loginId);
    return answer;
  },
});
