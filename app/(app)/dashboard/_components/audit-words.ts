import type { z } from "zod";
import type { AuditEntry } from "@/lib/audit/schema";

type Entry = Pick<z.output<typeof AuditEntry>, "action" | "target" | "targetName" | "detail">;

/** What happened, as a person would say it, and what more there is to know. */
export type EntryInWords = { what: string; more: string };

type Say = (entry: { name: string; detail: (key: string) => string }) => EntryInWords;

const SAY: Record<string, Say> = {
  "account.created": ({ detail }) => ({ what: "Account opened", more: detail("name") }),
  "account.renamed": ({ detail }) => ({ what: "Account renamed", more: `${detail("from")} is ${detail("to")} now` }),
  "branding.changed": () => ({ what: "Branding changed", more: "" }),
  "account.closed": () => ({ what: "Account closed", more: "" }),
  "invitation.sent": ({ detail }) => ({ what: `Invitation sent to ${detail("email")}`, more: `as ${detail("role")}` }),
  "invitation.revoked": ({ detail }) => ({ what: `Invitation to ${detail("email")} revoked`, more: "" }),
  "member.joined": ({ name, detail }) => ({ what: `${name} joined`, more: `as ${detail("role")}` }),
  "member.left": ({ name }) => ({ what: `${name} left`, more: "" }),
  "member.removed": ({ name }) => ({ what: `${name} was removed`, more: "" }),
  "member.role_changed": ({ name, detail }) => ({
    what: `${name} is ${detail("to")} now`,
    more: `was ${detail("from")}`,
  }),
  "key.created": ({ name }) => ({ what: "Key made", more: name }),
  "key.changed": ({ name }) => ({ what: "Key changed", more: name }),
  "key.regenerated": ({ name }) => ({ what: "Key replaced", more: name }),
  "key.revoked": ({ name }) => ({ what: "Key revoked", more: name }),
  "login.opened": ({ name, detail }) => ({
    what: `${name} signed in`,
    more: detail("via") === "api" ? "over the API" : "in a browser",
  }),
  "login.ended": ({ name }) => ({ what: `${name} signed out`, more: "" }),
  "login.ended_everywhere": ({ name }) => ({ what: `${name} signed out everywhere`, more: "" }),
  "password.changed": ({ name }) => ({ what: `${name} changed their password`, more: "" }),
  "password.reset": ({ name }) => ({ what: `${name} reset their password`, more: "by mail" }),
  "email.changed": ({ name }) => ({ what: `${name} changed their e-mail address`, more: "" }),
  "email.verified": ({ name }) => ({ what: `${name} verified their e-mail address`, more: "" }),
  "endpoint.created": ({ detail }) => ({ what: "Webhook endpoint added", more: detail("url") }),
  "endpoint.changed": ({ detail }) => ({ what: "Webhook endpoint changed", more: detail("url") || detail("before") }),
  "endpoint.enabled": ({ detail }) => ({ what: "Webhook endpoint switched on", more: detail("url") }),
  "endpoint.disabled": ({ detail }) => ({ what: "Webhook endpoint switched off", more: detail("url") }),
  "endpoint.removed": ({ detail }) => ({ what: "Webhook endpoint removed", more: detail("url") }),
  "endpoint.secret_rotated": () => ({ what: "Webhook secret rotated", more: "" }),
  "delivery.replayed": ({ detail }) => ({ what: "Webhook event sent again", more: detail("eventId") }),
  "delivery.replayed_since": () => ({ what: "Webhook events sent again", more: "" }),
  "support.opened": ({ detail }) => ({ what: "Support asked", more: detail("subject") }),
  "support.replied": () => ({ what: "Support request continued", more: "" }),
  "support.answered": () => ({ what: "Support answered", more: "" }),
  "support.closed": () => ({ what: "Support request closed", more: "" }),
  "mail.preference_changed": ({ detail }) => ({ what: "Mail preference changed", more: detail("kind") }),
  "user.renamed": ({ name }) => ({ what: `${name} has a new name`, more: "" }),
  "room.opened": ({ detail }) => ({ what: "Room opened", more: detail("name") }),
  "room.changed": ({ detail }) => ({ what: "Room changed", more: detail("name") }),
  "room.closed": ({ detail }) => ({ what: "Room deleted", more: detail("name") }),
  "room.link_made": ({ detail }) => ({ what: "Guest link made", more: detail("label") }),
  "room.link_revoked": ({ detail }) => ({ what: "Guest link taken back", more: detail("label") }),
  "room.mute": ({ detail }) => ({ what: "Somebody was muted", more: `by ${detail("byName")} in ${detail("name")}` }),
  "room.kick": ({ detail }) => ({
    what: "Somebody was removed",
    more: `by ${detail("byName")} from ${detail("name")}`,
  }),
  "room.ban": ({ detail }) => ({
    what: "Somebody was removed for good",
    more: `by ${detail("byName")} from ${detail("name")}`,
  }),
  "room.end": ({ detail }) => ({ what: "Call ended", more: `by ${detail("byName")} in ${detail("name")}` }),
  "entitlement.granted": () => ({ what: "Use of rooms granted", more: "by the operator" }),
  "user.registered": ({ name }) => ({ what: `${name} registered`, more: "" }),
};

export function inWords({ action, target, targetName, detail }: Entry): EntryInWords {
  const name = targetName ?? textOf(detail.name) ?? "Somebody";
  const say = SAY[action];
  if (!say) return { what: plainly(action), more: targetName ?? target };
  return say({ name, detail: (key) => textOf(detail[key]) ?? "" });
}

/** "key.usage_limit_changed" reads "Key usage limit changed". */
function plainly(action: string): string {
  const words = action.replace(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
