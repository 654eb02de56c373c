import { expect, test } from "vitest";
import { inWords } from "./audit-words";

test("names who it was about by what they are called today", () => {
  const entry = {
    action: "member.role_changed",
    target: "user_1",
    targetName: "Dana",
    detail: { from: "member", to: "admin" },
  };
  expect(inWords(entry)).toEqual({ what: "Dana is admin now", more: "was member" });
});

test("says an action it has no sentence for in its own words", () => {
  const entry = { action: "webhook.secret_rolled", target: "hook_1", targetName: null, detail: {} };
  expect(inWords(entry)).toEqual({ what: "Webhook secret rolled", more: "hook_1" });
});

test("lives with details that are not text", () => {
  const entry = { action: "invitation.sent", target: "invite_1", targetName: null, detail: { email: 7, role: null } };
  expect(inWords(entry)).toEqual({ what: "Invitation sent to ", more: "as " });
});
