import { route } from "@/lib/http/route";
import { User } from "@/lib/logins/schema";
import { changeProfile } from "@/lib/registration/change-profile";
import { getProfile } from "@/lib/registration/queries";
import { ChangeProfile, Profile } from "@/lib/registration/schema";

export const GET = route({
  summary: "Who is signed in",
  auth: "login",
  output: Profile,
  handle: ({ ctx }) => getProfile(ctx),
});

export const PATCH = route({
  summary: "Change your name or e-mail address",
  description: "A new address needs `currentPassword`, and has to be verified again.",
  auth: "login",
  body: ChangeProfile,
  output: User,
  handle: ({ ctx, body }) => changeProfile(ctx, body),
});
