import { route } from "@/lib/http/route";
import { revokeKey } from "@/lib/keys/revoke";
import { KeyChanges, KeyRef, ListedKey } from "@/lib/keys/schema";
import { updateKey } from "@/lib/keys/update";

export const PATCH = route({
  summary: "Rename an API key or change what it may do",
  auth: "login",
  scope: "keys:write",
  params: KeyRef,
  body: KeyChanges,
  output: ListedKey,
  handle: ({ ctx, params, body }) => updateKey(ctx, { id: params.id, changes: body }),
});

export const DELETE = route({
  summary: "Revoke an API key",
  description: "Every server refuses the key within a second. Revoking it again changes nothing.",
  auth: "login",
  scope: "keys:write",
  params: KeyRef,
  output: ListedKey,
  handle: ({ ctx, params }) => revokeKey(ctx, params),
});
