import { route } from "@/lib/http/route";
import { changePassword } from "@/lib/logins/change-password";
import { ChangePassword, EndedLogins } from "@/lib/logins/schema";

export const POST = route({
  summary: "Change your password",
  description: "Signs you out everywhere else.",
  auth: "login",
  body: ChangePassword,
  output: EndedLogins,
  handle: ({ ctx, body }) => changePassword(ctx, body),
});
