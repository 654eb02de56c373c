import { route } from "@/lib/http/route";
import { SignIn } from "@/lib/logins/schema";
import { logIn } from "@/lib/registration/log-in";
import { LoggedIn } from "@/lib/registration/schema";

export const POST = route({
  summary: "Sign in",
  description: "Answers with a bearer token that is good for seven days, and with the prefixes of the account's keys.",
  auth: "public",
  body: SignIn,
  output: LoggedIn,
  handle: ({ ctx, body }) => logIn(ctx, body),
});
