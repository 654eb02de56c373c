import { getAccount } from "@/lib/accounts/queries";
import { renameAccount } from "@/lib/accounts/rename";
import { Account, CloseAccount, ClosedAccount, NamedAccount, RenameAccount } from "@/lib/accounts/schema";
import { route } from "@/lib/http/route";
import { closeAccount } from "@/lib/registration/close";

export const GET = route({
  auth: "login",
  scope: "account:read",
  summary: "The account that this login acts for",
  output: Account,
  handle: ({ ctx }) => getAccount(ctx),
});

export const PATCH = route({
  auth: "login",
  scope: "account:write",
  summary: "Rename the account",
  body: RenameAccount,
  output: NamedAccount,
  handle: ({ ctx, body }) => renameAccount(ctx, body),
});

export const DELETE = route({
  auth: "login",
  scope: "account:close",
  summary: "Close the account for good",
  description:
    "`confirm` is the account's name. Its keys and logins end at once. Closing a personal account closes its user as well.",
  body: CloseAccount,
  output: ClosedAccount,
  handle: ({ ctx, body }) => closeAccount(ctx, body),
});
