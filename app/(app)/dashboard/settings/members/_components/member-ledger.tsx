import { Portrait } from "@/components/brand/portrait";
import { Ledger } from "@/components/ui/ledger";
import { Stamp } from "@/components/ui/tag";
import { mayManage } from "@/lib/accounts/rules";
import type { Member } from "@/lib/accounts/schema";
import type { Role } from "@/lib/scopes";
import { formatDay } from "@/lib/time";
import { RemoveMember } from "./remove-member";
import { RoleChoice } from "./role-choice";

const columns = [
  { key: "who", title: "Name" },
  { key: "joined", title: "Since", kind: "when", wideOnly: true },
  { key: "role", title: "Role", kind: "number" },
] as const;

type MemberLedgerProps = { members: Member[]; mine: Role; grantable: Role[]; accountName: string };

export function MemberLedger({ members, mine, grantable, accountName }: MemberLedgerProps) {
  const rows = members.map((member) => {
    const manageable = grantable.length > 0 && !member.you && mayManage(mine, member.role);
    return {
      key: member.userId,
      cells: {
        who: (
          <span className="flex items-baseline gap-3">
            <Portrait seed={member.userId} className="size-[34px] self-center max-sm:hidden" />
            <span className="min-w-0">
              <b className="font-semibold">{member.name}</b> {member.you && <Stamp>You</Stamp>}
              {member.email && <span className="block text-13 text-ink-faint">{member.email}</span>}
            </span>
          </span>
        ),
        joined: <time dateTime={member.joinedAt.toISOString()}>{formatDay(member.joinedAt)}</time>,
        role: manageable ? (
          <span className="inline-flex items-center gap-1 max-sm:flex-col max-sm:items-end">
            <RoleChoice userId={member.userId} name={member.name} role={member.role} grantable={grantable} />
            <RemoveMember userId={member.userId} name={member.name} accountName={accountName} />
          </span>
        ) : (
          <span className="capitalize">{member.role}</span>
        ),
      },
    };
  });
  return <Ledger caption="Members" columns={[...columns]} rows={rows} />;
}
