import { MyAccount, SwitchAccount } from "@/lib/accounts/schema";
import { switchAccount } from "@/lib/accounts/switch";
import { forgetLogin } from "@/lib/auth/live-logins";
import { route } from "@/lib/http/route";

export const POST = route({
  auth: "login",
  summary: "Have this login act for another of your accounts",
  body: SwitchAccount,
  output: MyAccount,
  handle: async ({ ctx, body }) => {
    const answer = await switchAccount(ctx, body);
    forgetLogin(ctx.actor.loginId);
    return answer;
  },
});
