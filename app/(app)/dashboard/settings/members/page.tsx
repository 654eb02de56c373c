import { toCount } from "@/components/brand/amounts";
import { Pager } from "@/components/ui/pager";
import { getAccount, listInvitations, listMembers } from "@/lib/accounts/queries";
import { grantableRoles } from "@/lib/accounts/rules";
import { ListMembers } from "@/lib/accounts/schema";
import { pageCtx } from "@/lib/http/page";
import { ROLE_MEANING, ROLE_SCOPES, ROLES } from "@/lib/scopes";
import { InvitationLedger } from "./_components/invitation-ledger";
import { InviteDialog } from "./_components/invite-dialog";
import { MemberLedger } from "./_components/member-ledger";

export const metadata = { title: "Members" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function MembersPage({ searchParams }: Props) {
  const [ctx, { after }] = await Promise.all([pageCtx(), searchParams]);
  const mayManage = ROLE_SCOPES[ctx.actor.role].includes("members:write");
  const asked = ListMembers.safeParse({ cursor: after, limit: 50 });
  const page = asked.success ? asked.data : ListMembers.parse({ limit: 50 });
  const [account, { members, nextCursor }, invitations] = await Promise.all([
    getAccount(ctx),
    listMembers(ctx, page),
    mayManage ? listInvitations(ctx) : [],
  ]);
  const grantable = mayManage ? grantableRoles(ctx.actor.role, account.kind) : [];

  return (
    <div className="grid gap-12">
      <section>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <div>
            <h2 className="text-20 sm:text-25">People in this account</h2>
            {!mayManage && <p className="text-13 text-ink-faint">Owners and admins invite and remove people.</p>}
          </div>
          {mayManage && <InviteDialog accountName={account.name} grantable={grantable} />}
        </div>
        <MemberLedger members={members} mine={ctx.actor.role} grantable={grantable} accountName={account.name} />
        {(page.cursor || nextCursor) && (
          <Pager
            name="Members, pages"
            label={`${toCount(account.members)} people`}
            previousHref={page.cursor ? "/dashboard/settings/members" : undefined}
            nextHref={nextCursor ? `/dashboard/settings/members?after=${nextCursor}` : undefined}
          />
        )}
      </section>

      {invitations.length > 0 && (
        <section>
          <h2 className="mb-2 text-20 sm:text-25">Invited, not here yet</h2>
          <InvitationLedger invitations={invitations} />
        </section>
      )}

      <section>
        <h2 className="mb-2 text-20 sm:text-25">What a role may do</h2>
        <dl className="border-t border-ink">
          {ROLES.map((role) => (
            <div key={role} className="grid gap-x-6 border-b border-rule py-3 sm:grid-cols-[140px_1fr]">
              <dt className="font-semibold capitalize">{role}</dt>
              <dd className="text-ink-soft">{ROLE_MEANING[role]}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
