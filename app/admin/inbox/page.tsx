import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { staffCtx } from "@/lib/http/page";
import { listUnknown } from "@/lib/payments/staff-queries";
import { countEvents, listEvents } from "@/lib/stripe-events/queries";
import { ListEvents } from "@/lib/stripe-events/schema";
import { AdminHead, AdminSection } from "../_components/admin-head";
import { EVENT_WORDS, EventLedger } from "./_components/event-ledger";
import { UnknownLedger } from "./_components/unknown-ledger";

export const metadata = { title: "Inbox" };

const STATES = ["new", "failed", "parked", "done", "ignored"] as const;
const PAGE = 50;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function InboxPage({ searchParams }: Props) {
  const [ctx, { state, cursor }] = await Promise.all([staffCtx(), searchParams]);
  const parsed = ListEvents.safeParse({ state: state ?? "new", cursor, limit: PAGE });
  const asked = parsed.data ?? ListEvents.parse({ state: "new", limit: PAGE });
  const current = asked.state ?? "new";
  const [page, counts, unknown] = await Promise.all([listEvents(ctx, asked), countEvents(ctx), listUnknown(ctx)]);
  const href = (name: string) => `/admin/inbox?state=${name}`;
  const tabs = STATES.map((value) => ({
    ...{ value, label: EVENT_WORDS[value][1], count: counts[value], href: href(value) },
  }));

  return (
    <>
      <AdminHead title="Inbox">
        What Stripe told us. Parked: nobody here knows what to do with it. Set aside: it failed eight times, and is
        tried every six hours, twelve times more.
      </AdminHead>
      <AdminSection title="Events">
        <TabLinks label="Which events" current={current} tabs={tabs} />
        <EventLedger rows={page.events} empty="None of them." />
        {(page.nextCursor || asked.cursor) && (
          <Pager
            name="Events, pages"
            label={asked.cursor ? "Earlier ones" : "The latest"}
            previousHref={asked.cursor && href(current)}
            nextHref={page.nextCursor ? `${href(current)}&cursor=${page.nextCursor}` : undefined}
          />
        )}
      </AdminSection>
      <AdminSection title="Outcome unknown">
        <UnknownLedger unknown={unknown} now={ctx.now} />
      </AdminSection>
    </>
  );
}
