import Link from "next/link";
import { notFound } from "next/navigation";
import { PageHead, PageSection } from "@/app/(app)/_components/page-head";
import { Stat } from "@/components/ui/stat";
import { Tag } from "@/components/ui/tag";
import { orNotFound, pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { getRoom } from "@/lib/rooms/queries";
import { getMeeting } from "@/lib/rooms/story";
import { ROLE_SCOPES } from "@/lib/scopes";
import { formatClock, formatInstant, seconds } from "@/lib/time";
import { PresenceChart } from "./_components/presence-chart";
import { StepLedger } from "./_components/step-ledger";
import { timelineOf } from "./_components/timeline";

export const metadata = { title: "Call" };

type Props = { params: Promise<{ id: string; meetingId: string }> };

export default async function CallStoryPage({ params }: Props) {
  const [ctx, { id, meetingId }] = await Promise.all([pageCtx(), params]);
  const may = ROLE_SCOPES[ctx.actor.role].includes("rooms:read");
  if (!isId("room", id) || !isId("meeting", meetingId) || !may) notFound();
  const [room, story] = await orNotFound(Promise.all([getRoom(ctx, { id }), getMeeting(ctx, { id, meetingId })]));
  // Presence is stamped by the clock that nothing moves.
  const now = new Date();
  const lasted = (story.endedAt ?? now).getTime() - story.startedAt.getTime();

  return (
    <>
      <PageHead title={`Call of ${formatInstant(story.startedAt)}`}>
        In <Link href={`/dashboard/rooms/${id}`}>{room.name}</Link>{" "}
        {!story.endedAt && (
          <span className="ml-2">
            <Tag tone="live">Now</Tag>
          </span>
        )}
      </PageHead>
      <div className="mt-7 flex flex-wrap gap-x-14 gap-y-6 sm:mt-10">
        <Stat
          size={49}
          label="Counts against the plan"
          value={formatClock(seconds(story.roomSeconds))}
          note="While two or more were connected"
        />
        <Stat size={49} label="Lasted" value={formatClock(lasted)} note={`${story.mostAtOnce} at once at most`} />
        <Stat
          size={49}
          label="Each one’s time, summed"
          value={formatClock(seconds(story.participantSeconds))}
          note={story.messages === 1 ? "1 message written" : `${story.messages} messages written`}
        />
      </div>
      <PageSection title="Who was there">
        <PresenceChart story={story} now={now} />
      </PageSection>
      <PageSection title="What happened">
        <StepLedger steps={timelineOf(story)} startedAt={story.startedAt} />
        <p className="mt-3 max-w-measure text-13 text-ink-faint">
          Coming, going and lost lines are kept. What else was said to the room is kept for a day.
        </p>
      </PageSection>
    </>
  );
}
