import { changeBranding } from "@/lib/branding/change";
import { getBranding } from "@/lib/branding/queries";
import { Branding, ChangeBranding } from "@/lib/branding/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  auth: "login",
  scope: "account:read",
  summary: "How the account looks to the people it meets",
  output: Branding,
  handle: ({ ctx }) => getBranding(ctx),
});

export const PATCH = route({
  auth: "login",
  scope: "account:write",
  summary: "Set the name and the colours",
  description: "Needs a plan with branding. What is not named stays, and null takes a value away.",
  body: ChangeBranding,
  output: Branding,
  handle: ({ ctx, body }) => changeBranding(ctx, body),
});
