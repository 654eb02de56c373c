import { route } from "@/lib/http/route";
import { revokeLogin } from "@/lib/logins/revoke";
import { Done, done, LoginParams } from "@/lib/logins/schema";

export const DELETE = route({
  summary: "Sign one login out",
  auth: "login",
  params: LoginParams,
  output: Done,
  handle: async ({ ctx, params }) => {
    await revokeLogin(ctx, params);
    return done;
  },
});
