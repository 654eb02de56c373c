"use client";

import { MessageForm } from "@/components/support/message-form";
import type { RequestRef } from "@/lib/support/schema";
import { answerAction } from "../../actions";

export const Answer = ({ id }: RequestRef) => (
  <MessageForm
    label="Your answer"
    hint="It stands on their page as an answer of the house, and goes to them by mail."
    action="Answer"
    send={async (message) => {
      const answer = await answerAction({ id, message });
      return answer.ok ? undefined : answer.error;
    }}
  />
);
