"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { Id } from "@/lib/ids";
import { formatMoney, type Micros, micros, toDecimal } from "@/lib/money";
import type { Brought } from "@/lib/payments/rules";
import type { RefundPayment } from "@/lib/payments/schema";
import { refundAction } from "../../actions";
import { type Answered, answerInWords, takesInWords } from "./refund-words";

export type RefundDialogProps = {
  paymentId: Id<"payment">;
  paid: { purpose: "credits" | "wallet"; price: Micros; refunded: Micros };
  brought: Brought;
  /** What may be paid back of it. */
  most: Micros;
};

const REASONS = [
  { value: "requested_by_customer", label: "The payer asked for it" },
  { value: "duplicate", label: "It was paid twice" },
  { value: "fraudulent", label: "Somebody else paid with the card" },
];

export function RefundDialog(props: RefundDialogProps) {
  const [open, setOpen] = useState(false);
  // It stays while it says what became of the last cent.
  if (!open && props.most === 0) return null;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="danger">Refund</Button>
      </DialogTrigger>
      {open && (
        <DialogContent title="Pay back" description={`At most ${formatMoney(props.most)}: what of it is unspent.`}>
          <RefundForm {...props} close={() => setOpen(false)} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function RefundForm({ paymentId, paid, brought, most, close }: RefundDialogProps & { close: () => void }) {
  const id = useId();
  const [attempt] = useState(() => `${id}-${Date.now()}`);
  // As it stood when the dialog opened: the page behind it changes once the money is on its way.
  const [before] = useState({ most, brought, paid });
  const [amount, setAmount] = useState<string>(toDecimal(before.most));
  const [answered, setAnswered] = useState<Answered>();
  if (answered) return <Done answered={answered} close={close} />;

  const send = async (form: FormData) => {
    const reason = String(form.get("reason")) as RefundPayment["reason"]; // one of the options below
    const answer = await refundAction({ paymentId, amount, reason, attempt });
    if (!answer.ok) return answer.error;
    setAnswered({ ...answer.data, micros: micros(answer.data.micros) });
    return undefined;
  };

  return (
    <Form action="Pay back" pending="Paying back" look={{ variant: "danger" }} onSubmit={send}>
      {(wrong) => (
        <>
          <Field label="Amount" error={wrong.amount}>
            <Input prefix="$" inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} />
          </Field>
          <Field label="Reason" error={wrong.reason}>
            <Select name="reason" options={REASONS} />
          </Field>
          <p aria-live="polite">{takesInWords(amount, before)}</p>
        </>
      )}
    </Form>
  );
}

const Done = ({ answered, close }: { answered: Answered; close: () => void }) => {
  const { tone, title, words } = answerInWords(answered);
  return (
    <div className="grid gap-5">
      <Notice tone={tone} urgent title={title}>
        {words}
      </Notice>
      <div className="flex justify-end">
        <Button onClick={close}>Done</Button>
      </div>
    </div>
  );
};
