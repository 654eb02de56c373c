import Link from "next/link";
import { notFound } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { Ledger } from "@/components/ui/ledger";
import { env } from "@/lib/env";
import { openCtx } from "@/lib/http/page";
import { listMails } from "@/lib/notifications/queries";
import { formatInstant } from "@/lib/time";
import { LocalPage } from "../_components/local-page";
import { MailSearch } from "./_components/mail-search";

export const metadata = { title: "Local mailbox" };

const columns = [
  { key: "mail", title: "Mail" },
  { key: "to", title: "To", wideOnly: true },
  { key: "when", title: "Sent", kind: "when" as const, wideOnly: true },
];

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export default async function MailboxPage({ searchParams }: Props) {
  if (env().isProduction) notFound();
  const { q } = await searchParams;
  const sought = typeof q === "string" && q.trim() !== "" ? q : undefined;
  const mails = await listMails(await openCtx(), { sought });

  return (
    <LocalPage
      title="Local mailbox"
      intro="Every mail that this machine would have sent. In production there is no such page."
    >
      <MailSearch sought={sought} />
      <Ledger
        caption="Mails"
        className="mt-6"
        columns={columns}
        rows={mails.map(({ id, recipient, subject, sentAt }) => ({
          key: id,
          cells: {
            mail: (
              <>
                <Link
                  href={`/local/mailbox/${id}`}
                  className="font-semibold max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
                >
                  {subject}
                </Link>
                <span className="block text-13 text-ink-faint sm:hidden">
                  {recipient}, {formatInstant(sentAt)}
                </span>
              </>
            ),
            to: <span className="text-ink-soft">{recipient}</span>,
            when: <time dateTime={sentAt.toISOString()}>{formatInstant(sentAt)}</time>,
          },
        }))}
        empty={
          sought ? (
            <EmptyState title="No mail has these words." className="mt-6">
              They are looked for in addresses and subjects.
            </EmptyState>
          ) : (
            <EmptyState title="No mail yet." className="mt-6">
              Open an account, or ask for another password, and the mail arrives here.
            </EmptyState>
          )
        }
      />
    </LocalPage>
  );
}
