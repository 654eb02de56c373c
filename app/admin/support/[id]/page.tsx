import { notFound } from "next/navigation";
import { RequestTag } from "@/components/support/request-tag";
import { Thread } from "@/components/support/thread";
import { orNotFound, staffCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { getQueued } from "@/lib/support/queries";
import { LEVEL_WORDS } from "@/lib/support/rules";
import { formatInstant } from "@/lib/time";
import { AdminHead } from "../../_components/admin-head";
import { Answer } from "./_components/answer";
import { CloseAsStaff } from "./_components/close-as-staff";

export const metadata = { title: "Support request" };

type Props = { params: Promise<{ id: string }> };

export default async function QueuedRequestPage({ params }: Props) {
  const [ctx, { id }] = await Promise.all([staffCtx(), params]);
  if (!isId("support", id)) notFound();
  const request = await orNotFound(getQueued(ctx, { id }));
  const { subject, state, level, relatesTo, messages, personName, email, accountName, accountId } = request;

  return (
    <>
      <AdminHead title={subject} actions={state !== "closed" && <CloseAsStaff id={id} />}>
        <div className="flex flex-wrap gap-x-4 gap-y-1 text-13">
          <RequestTag state={state} waitsFor="you" />
          <span>{LEVEL_WORDS[level]}</span>
          <span className="[overflow-wrap:anywhere]">
            {personName}, {email}
          </span>
          <span className="[overflow-wrap:anywhere]">
            {accountName} <span className="font-mono text-ink-faint">{accountId}</span>
          </span>
          {relatesTo && <span className="font-mono [overflow-wrap:anywhere]">{relatesTo}</span>}
        </div>
      </AdminHead>
      <Thread
        messages={messages.map(({ side, createdAt, ...message }) => ({
          ...message,
          when: formatInstant(createdAt),
          mine: side === "staff",
        }))}
      />
      <Answer id={id} />
    </>
  );
}
