import { route } from "@/lib/http/route";
import { resetPassword } from "@/lib/logins/reset-password";
import { Done, done, ResetPassword } from "@/lib/logins/schema";

export const POST = route({
  summary: "Choose another password with the mail's token",
  description: "Works once, and signs you out everywhere.",
  auth: "public",
  body: ResetPassword,
  output: Done,
  handle: async ({ ctx, body }) => {
    await resetPassword(ctx, body);
    return done;
  },
});
