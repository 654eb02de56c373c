import { route } from "@/lib/http/route";
import { listLogins } from "@/lib/logins/queries";
import { revokeLogins } from "@/lib/logins/revoke";
import { EndedLogins, EndLogins, Logins } from "@/lib/logins/schema";

export const GET = route({
  summary: "Where you are signed in",
  auth: "login",
  output: Logins,
  handle: async ({ ctx }) => ({ logins: await listLogins(ctx) }),
});

export const DELETE = route({
  summary: "Sign out everywhere else",
  description: "With `including=this`, everywhere. Tokens and open sockets stop within seconds.",
  auth: "login",
  query: EndLogins,
  output: EndedLogins,
  handle: ({ ctx, query }) => revokeLogins(ctx, query),
});
