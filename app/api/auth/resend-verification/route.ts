import { route } from "@/lib/http/route";
import { Done, done, NoInput } from "@/lib/logins/schema";
import { requestVerification } from "@/lib/registration/verify-email";

export const POST = route({
  summary: "Send the verification mail once more",
  auth: "login",
  body: NoInput,
  output: Done,
  status: 202,
  handle: async ({ ctx }) => {
    await requestVerification(ctx);
    return done;
  },
});
