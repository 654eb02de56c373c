import { route } from "@/lib/http/route";
import { register } from "@/lib/registration/register";
import { firstKeyLabel } from "@/lib/registration/rules";
import { Register, Registered } from "@/lib/registration/schema";

export const POST = route({
  summary: "Open an account",
  description: "Makes a user, a personal account and its first API key, which is shown this once.",
  auth: "public",
  body: Register,
  output: Registered,
  status: 201,
  idempotent: true,
  handle: ({ ctx, body, family }) => register(ctx, { ...body, family, label: firstKeyLabel(family) }),
});
