import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { carry } from "@/lib/media/mesh";
import { listInside, listRooms } from "@/lib/rooms/queries";
import { ListRooms } from "@/lib/rooms/schema";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { standingUsage } from "../../_components/standing";
import { NoPlan } from "./_components/no-plan";
import { OpenRoom } from "./_components/open-room";
import { PlanUse } from "./_components/plan-use";
import { ClosedLedger, RoomLedger } from "./_components/room-ledger";
import { roomRow } from "./_components/room-row";
import { RoomsHead } from "./_components/rooms-head";

export const metadata = { title: "Rooms" };

const HERE = "/dashboard/rooms";
const SHOWN = 25;
const TABS = [
  { value: "open", label: "Open", href: HERE },
  { value: "closed", label: "Deleted", href: `${HERE}?state=closed` },
];

type Props = { searchParams: Promise<{ state?: string | string[]; before?: string | string[] }> };

export default async function RoomsPage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([pageCtx(), searchParams]);
  const { role } = ctx.actor;
  if (!ROLE_SCOPES[role].includes("rooms:read")) return <NotForThisRole words={ROLE_MEANING[role]} />;
  const state = asked.state === "closed" ? "closed" : "open";
  const [usage, list, inside] = await Promise.all([
    standingUsage(ctx),
    listRooms(ctx, {
      ...ListRooms.parse({ state, limit: SHOWN }),
      ...(isId("room", asked.before) && { cursor: asked.before }),
    }),
    listInside(ctx),
  ]);
  const rows = list.rooms.map((room) => roomRow(room, inside));
  const hasPlan = usage.limits.maxRooms > 0;
  const open = <OpenRoom seats={carry({ seats: null }, usage.limits.maxParticipants).seats} />;

  return (
    <>
      <RoomsHead actions={hasPlan && open} />
      {hasPlan ? <PlanUse {...usage} /> : <NoPlan />}
      {(hasPlan || rows.length > 0 || state === "closed") && (
        <section aria-label="Rooms" className="mt-11 min-w-0 sm:mt-14">
          <TabLinks label="Which rooms" current={state} tabs={TABS} />
          {state === "open" ? (
            <RoomLedger
              rows={rows}
              empty={
                <EmptyState title="No room yet." action={hasPlan && open} className="mt-4">
                  Open one, join it yourself, and send a guest link to whoever should come.
                </EmptyState>
              }
            />
          ) : (
            <ClosedLedger
              rows={rows}
              empty={
                <EmptyState title="None was deleted." className="mt-4">
                  What took place in a room stays here once it is gone.
                </EmptyState>
              }
            />
          )}
          {list.nextCursor && (
            <Pager
              name="Rooms, pages"
              label={`${rows.length} shown`}
              nextHref={`?${new URLSearchParams({ state, before: list.nextCursor })}`}
            />
          )}
        </section>
      )}
    </>
  );
}

const NotForThisRole = ({ words }: { words: string }) => (
  <>
    <RoomsHead />
    <EmptyState title="Your role does not include rooms." className="mt-7 sm:mt-10">
      Yours is for this: {words.toLowerCase()} An owner can change it.
    </EmptyState>
  </>
);
