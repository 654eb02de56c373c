"use client";

import Link from "next/link";
import { useState } from "react";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { PlanFamily } from "@/lib/plans/catalogue";
import { CANCEL_REASONS } from "@/lib/subscriptions/schema";
import { cancelPlanAction } from "../actions";

const REASONS: Record<string, string> = {
  too_expensive: "It costs too much",
  missing_features: "Something is missing",
  switched_service: "I use something else now",
  unused: "I do not use it enough",
  customer_service: "Support was not good enough",
  too_complex: "It is too complicated",
  low_quality: "It did not work well enough",
  other: "Something else",
};
const OPTIONS = [
  { value: "", label: "I do not want to say" },
  ...CANCEL_REASONS.map((value) => ({ value, label: REASONS[value] ?? value })),
];

export function CancelForm({ family, endsOn }: { family: PlanFamily; endsOn: string | null }) {
  const [when, setWhen] = useState(endsOn ? "period_end" : "now");
  const isNow = when === "now";

  const submit = async (form: FormData) => {
    const reason = CANCEL_REASONS.find((one) => one === form.get("reason"));
    const comment = String(form.get("comment") ?? "").trim();
    const answer = await cancelPlanAction({
      family,
      when: isNow ? "now" : "period_end",
      ...(reason && { reason }),
      ...(comment && { comment }),
    });
    // Taken, it leads back to the plans by itself.
    if (answer && !answer.ok) return answer.error;
    toast.plain(isNow ? "The plan has ended" : `The plan ends on ${endsOn}`);
  };

  return (
    <Form
      action={isNow ? "End the plan now" : `Cancel on ${endsOn}`}
      pending="Cancelling"
      look={{ variant: "danger" }}
      onSubmit={submit}
      aside={<Link href="/dashboard/billing">Keep the plan</Link>}
    >
      {(wrong) => (
        <>
          {endsOn && (
            <div className="grid justify-items-start gap-1.5">
              <span className="text-13 font-[550]">It ends</span>
              <Choice
                label="It ends"
                options={[
                  { value: "period_end", label: `On ${endsOn}` },
                  { value: "now", label: "Now" },
                ]}
                value={when}
                onChange={setWhen}
              />
              {isNow && (
                <p className="text-13 text-ink-soft">
                  It stops at once, the paid time is lost, and this cannot be undone.
                </p>
              )}
            </div>
          )}
          <Field label="Why?" error={wrong.reason} hint="It changes nothing about the plan.">
            <Select name="reason" options={OPTIONS} defaultValue="" />
          </Field>
          <Field label="In your words" error={wrong.comment}>
            <Textarea name="comment" rows={3} maxLength={500} />
          </Field>
        </>
      )}
    </Form>
  );
}
