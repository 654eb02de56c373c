import { removeLogo } from "@/lib/branding/remove-logo";
import { Branding, SetLogo } from "@/lib/branding/schema";
import { setLogo } from "@/lib/branding/set-logo";
import { route } from "@/lib/http/route";

export const PUT = route({
  auth: "login",
  scope: "account:write",
  summary: "Set the logo",
  description: "A PNG. It is written anew from its dots alone; SVG and other kinds are refused.",
  body: SetLogo,
  output: Branding,
  handle: ({ ctx, body }) => setLogo(ctx, body),
});

export const DELETE = route({
  auth: "login",
  scope: "account:write",
  summary: "Take the logo away",
  output: Branding,
  handle: ({ ctx }) => removeLogo(ctx),
});
