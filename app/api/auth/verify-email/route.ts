import { route } from "@/lib/http/route";
import { VerifyEmail } from "@/lib/logins/schema";
import { VerifiedEmail } from "@/lib/registration/schema";
import { verifyEmail } from "@/lib/registration/verify-email";

export const POST = route({
  summary: "Verify an e-mail address with the mail's token",
  auth: "public",
  body: VerifyEmail,
  output: VerifiedEmail,
  handle: ({ ctx, body }) => verifyEmail(ctx, body),
});
