import { route } from "@/lib/http/route";
import { createEndpoint } from "@/lib/webhooks/create";
import { listEndpoints } from "@/lib/webhooks/queries";
import { CreateEndpoint, EndpointList, SecretEndpoint } from "@/lib/webhooks/schema";

export const GET = route({
  summary: "List the account's webhook endpoints",
  description: "Without their secrets, which are shown once.",
  auth: "login",
  scope: "webhooks:read",
  output: EndpointList,
  handle: ({ ctx }) => listEndpoints(ctx),
});

export const POST = route({
  summary: "Have events sent to an address",
  description:
    "Answers with the secret that signs every request, once. The address is https on the public internet; private networks, names that lead there, and credentials in the address are refused.",
  auth: "login",
  scope: "webhooks:write",
  body: CreateEndpoint,
  output: SecretEndpoint,
  status: 201,
  idempotent: true,
  handle: ({ ctx, body }) => createEndpoint(ctx, body),
});
