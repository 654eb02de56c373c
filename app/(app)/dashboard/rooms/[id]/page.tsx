import { notFound } from "next/navigation";
import { PageHead, PageSection } from "@/app/(app)/_components/page-head";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { Tag } from "@/components/ui/tag";
import { orNotFound, pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { listLinks } from "@/lib/rooms/links";
import { getRoom, listMeetings } from "@/lib/rooms/queries";
import { ROLE_SCOPES } from "@/lib/scopes";
import { formatInstant } from "@/lib/time";
import { roomRow } from "../_components/room-row";
import { CallLedger } from "./_components/call-ledger";
import { LinkLedger } from "./_components/link-ledger";
import { linkRow } from "./_components/link-row";
import { MakeLink } from "./_components/make-link";
import { PeopleInside } from "./_components/people-inside";
import { RoomActs } from "./_components/room-acts";

export const metadata = { title: "Room" };

const CALLS_SHOWN = 20;

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ before?: string | string[] }> };

export default async function RoomPage({ params, searchParams }: Props) {
  const [ctx, { id }, { before }] = await Promise.all([pageCtx(), params, searchParams]);
  const may = ROLE_SCOPES[ctx.actor.role];
  if (!isId("room", id) || !may.includes("rooms:read")) notFound();
  const [room, { links }, calls] = await orNotFound(
    Promise.all([
      getRoom(ctx, { id }),
      listLinks(ctx, { id }),
      listMeetings(ctx, { id, limit: CALLS_SHOWN, ...(isId("meeting", before) && { cursor: before }) }),
    ]),
  );
  const row = roomRow(
    room,
    room.people.map(({ id: personId, name, role }) => ({ id: personId, name, role, roomId: id })),
  );
  const mayChange = row.open && may.includes("rooms:write");

  return (
    <>
      <PageHead title={row.name} actions={mayChange && <RoomActs row={row} />}>
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          {row.kind}, {row.seats} seats taken
          {row.locked && <Tag tone="held">Locked</Tag>}
          {row.waitingRoom && <Tag tone="draft">Waiting room</Tag>}
          {room.closedAt && <Tag tone="lost">Deleted {formatInstant(room.closedAt)}</Tag>}
        </span>
        <span className="mt-1 block font-mono text-13 [overflow-wrap:anywhere] text-ink-faint">{row.id}</span>
      </PageHead>
      {room.people.length > 0 && (
        <PageSection title="Inside now">
          <PeopleInside people={room.people} />
        </PageSection>
      )}
      <PageSection title="Guest links" aside={mayChange && <MakeLink roomId={row.id} />}>
        <LinkLedger
          roomId={row.id}
          rows={links.map(linkRow)}
          mayRevoke={mayChange}
          empty={
            <EmptyState title="No link yet." heading="h3">
              By a link people come in without an account: once or often, to talk or to listen, for as long as you say.
            </EmptyState>
          }
        />
      </PageSection>
      <PageSection title="Calls">
        <CallLedger
          roomId={row.id}
          meetings={calls.meetings}
          now={new Date()}
          empty={
            <EmptyState title="Nobody has met here yet." heading="h3">
              A call begins with the first who comes in and ends with the last who leaves. Its timeline stands here.
            </EmptyState>
          }
        />
        {calls.nextCursor && (
          <Pager
            name="Calls, pages"
            label={`${calls.meetings.length} shown`}
            nextHref={`?before=${calls.nextCursor}`}
          />
        )}
      </PageSection>
    </>
  );
}
