import { route } from "@/lib/http/route";
import { changePreference } from "@/lib/notifications/change-preference";
import { listPreferences } from "@/lib/notifications/queries";
import { ChangePreference, Preferences } from "@/lib/notifications/schema";

export const GET = route({
  summary: "Which kinds of mail you get",
  description: "Of the person who signed in, whatever account they act for.",
  auth: "login",
  output: Preferences,
  handle: ({ ctx }) => listPreferences(ctx),
});

export const PATCH = route({
  summary: "Switch a kind of mail on or off",
  description: "Mail that waits already is judged by it too. What is required cannot be switched off.",
  auth: "login",
  body: ChangePreference,
  output: Preferences,
  handle: ({ ctx, body }) => changePreference(ctx, body),
});
