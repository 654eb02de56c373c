import { notFound } from "next/navigation";
import { PageHead } from "@/app/(app)/_components/page-head";
import { RequestTag } from "@/components/support/request-tag";
import { Thread } from "@/components/support/thread";
import { orNotFound, pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { getRequest } from "@/lib/support/queries";
import { formatInstant } from "@/lib/time";
import { CloseRequest } from "./_components/close-request";
import { Reply } from "./_components/reply";

export const metadata = { title: "Support request" };

type Props = { params: Promise<{ id: string }> };

export default async function RequestPage({ params }: Props) {
  const [ctx, { id }] = await Promise.all([pageCtx(), params]);
  if (!isId("support", id)) notFound();
  const { subject, state, relatesTo, messages } = await orNotFound(getRequest(ctx, { id }));

  return (
    <>
      <PageHead title={subject} actions={state !== "closed" && <CloseRequest id={id} />}>
        <span className="flex flex-wrap gap-x-4 gap-y-1 text-13">
          <RequestTag state={state} waitsFor="staff" />
          {relatesTo && <span className="font-mono [overflow-wrap:anywhere]">{relatesTo}</span>}
        </span>
      </PageHead>
      <Thread
        messages={messages.map(({ side, createdAt, ...message }) => ({
          ...message,
          when: formatInstant(createdAt),
          mine: side === "person",
        }))}
      />
      <Reply id={id} isClosed={state === "closed"} />
    </>
  );
}
