"use client";

import { MessageForm } from "@/components/support/message-form";
import type { RequestRef } from "@/lib/support/schema";
import { replyAction } from "../../actions";

type ReplyProps = { id: RequestRef["id"]; isClosed: boolean };

export const Reply = ({ id, isClosed }: ReplyProps) => (
  <MessageForm
    label="Your message"
    hint={isClosed ? "It opens this request again." : "Leave out passwords and keys."}
    action="Send"
    send={async (message) => {
      const answer = await replyAction({ id, message });
      return answer.ok ? undefined : answer.error;
    }}
  />
);
