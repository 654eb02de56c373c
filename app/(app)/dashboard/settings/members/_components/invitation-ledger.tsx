import { Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import type { Invitation } from "@/lib/accounts/schema";
import { formatDay } from "@/lib/time";
import { RevokeInvitation } from "./revoke-invitation";

const columns = [
  { key: "who", title: "Address" },
  { key: "state", title: "State", wideOnly: true },
  { key: "act", title: "Change", kind: "number" },
] as const;

export function InvitationLedger({ invitations }: { invitations: Invitation[] }) {
  const rows = invitations.map(({ id, email, role, invitedBy, expiresAt, expired }) => ({
    key: id,
    cells: {
      who: (
        <>
          <b className="font-semibold">{email}</b>
          <span className="block text-13 text-ink-faint">
            {role}, invited by {invitedBy}
          </span>
        </>
      ),
      state: expired ? (
        <Tag tone="draft">Ran out</Tag>
      ) : (
        <span className="inline-flex flex-wrap items-baseline gap-x-2">
          <Tag tone="held">Open</Tag>
          <span className="text-13 text-ink-faint">
            until <time dateTime={expiresAt.toISOString()}>{formatDay(expiresAt)}</time>
          </span>
        </span>
      ),
      act: <RevokeInvitation id={id} email={email} />,
    },
  }));
  return <Ledger caption="Open invitations" columns={[...columns]} rows={rows} />;
}
