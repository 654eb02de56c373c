import { route } from "@/lib/http/route";
import { createKey } from "@/lib/keys/create";
import { listKeys } from "@/lib/keys/queries";
import { usualLabel } from "@/lib/keys/rules";
import { CreatedKey, CreateKey, KeyPage, ListKeys } from "@/lib/keys/schema";

export const GET = route({
  summary: "List the account's API keys",
  description:
    "Each key by its prefix and last four characters. Secrets are shown once, when a key is made, and never again.",
  auth: "member",
  scope: "keys:read",
  query: ListKeys,
  output: KeyPage,
  handle: ({ ctx, query }) => listKeys(ctx, query),
});

export const POST = route({
  summary: "Create an API key",
  description: "Answers with the key itself, once. Needs a person who signed in: no key can make keys.",
  auth: "login",
  scope: "keys:write",
  body: CreateKey,
  output: CreatedKey,
  status: 201,
  idempotent: true,
  handle: ({ ctx, body, family }) => createKey(ctx, { ...body, label: body.label ?? usualLabel(family) }),
});
