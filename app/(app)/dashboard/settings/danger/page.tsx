import type { ReactNode } from "react";
import { getAccount } from "@/lib/accounts/queries";
import { pageCtx } from "@/lib/http/page";
import { ROLE_SCOPES } from "@/lib/scopes";
import { CloseAccountButton } from "./_components/close-account";
import { LeaveButton } from "./_components/leave";
import { RenameForm } from "./_components/rename";

export const metadata = { title: "Danger zone" };

export default async function DangerPage() {
  const ctx = await pageCtx();
  const account = await getAccount(ctx);
  const scopes = ROLE_SCOPES[ctx.actor.role];
  const isPersonal = account.kind === "personal";

  return (
    <div className="-mt-4 max-w-[760px]">
      {scopes.includes("account:write") && (
        <Part title="Name of the account" words="Members, invitations and receipts show it.">
          <RenameForm name={account.name} />
        </Part>
      )}
      <Part
        title="Leave this account"
        words={
          isPersonal && ctx.actor.role === "owner"
            ? "This is your personal account. It can be closed, not left."
            : "You lose what you may do here at once, and go on in your own account. Somebody has to invite you to come back."
        }
      >
        {!(isPersonal && ctx.actor.role === "owner") && <LeaveButton name={account.name} />}
      </Part>
      <Part
        title="Close this account"
        words={
          scopes.includes("account:close")
            ? "Its keys stop, its members leave, and nobody can act for it again. What was paid stays in the books. This cannot be undone."
            : "Only an owner can close an account."
        }
      >
        {scopes.includes("account:close") && <CloseAccountButton name={account.name} isPersonal={isPersonal} />}
      </Part>
    </div>
  );
}

const Part = ({ title, words, children }: { title: string; words: string; children: ReactNode }) => (
  <section className="grid gap-x-8 gap-y-4 border-b border-rule py-6 last:border-0 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
    <div className="min-w-0">
      <h2 className="text-20">{title}</h2>
      <p className="mt-1 max-w-[56ch] text-ink-soft">{words}</p>
    </div>
    {children}
  </section>
);
