import { createTeam } from "@/lib/accounts/create-team";
import { listMyAccounts } from "@/lib/accounts/queries";
import { CreateTeam, MyAccounts, NamedAccount } from "@/lib/accounts/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  auth: "login",
  summary: "The accounts of whoever is signed in",
  output: MyAccounts,
  handle: async ({ ctx }) => ({ accounts: await listMyAccounts(ctx) }),
});

export const POST = route({
  auth: "login",
  summary: "Make a team",
  description:
    "The caller becomes its owner. The login goes on acting for the account it acted for; switch to the team when you want to.",
  body: CreateTeam,
  output: NamedAccount,
  status: 201,
  idempotent: true,
  handle: ({ ctx, body }) => createTeam(ctx, body),
});
