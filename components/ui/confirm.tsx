"use client";

import * as Radix from "radix-ui/alert-dialog";
import { type FormEvent, type ReactNode, useRef, useState, useTransition } from "react";
import { Button } from "./button";
import type { ButtonVariant } from "./button-style";
import { Field } from "./field";
import { Input } from "./input";
import { overTheLine } from "./over-the-line";
import { Refusal, type Refused } from "./refusal";
import { focusHeading, partInUse, returnFocus } from "./return-focus";

type ConfirmProps = {
  /** The button that opens the question. */
  trigger: ReactNode;
  title: string;
  /** What happens, what it means for the money, and whether it can be undone. */
  children: ReactNode;
  /** The verb on the button: "Revoke key". */
  action: string;
  /** The same while it runs: "Revoking". */
  pending: string;
  variant?: ButtonVariant;
  /** When set, this exact text has to be typed before the button works. */
  typed?: string;
  /** Answers with the refusal. Closes when it answers nothing. */
  onConfirm: () => Promise<Refused | undefined>;
};

export function Confirm({
  trigger,
  title,
  children,
  action,
  pending,
  variant = "danger",
  typed,
  onConfirm,
}: ConfirmProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState<Refused>();
  const [busy, start] = useTransition();
  const confirmedIn = useRef<Element>(null);
  const ready = typed === undefined || text === typed;

  const change = (next: boolean) => {
    if (busy) return;
    setOpen(next);
    setText("");
    setRefusal(undefined);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const part = partInUse();
    start(async () => {
      const answer = await overTheLine(onConfirm());
      setRefusal(answer);
      if (answer) return;
      confirmedIn.current = part;
      setOpen(false);
    });
  };

  /** What was confirmed usually takes its button away, so the way on is the heading above it. */
  const leadOn = (event: Event) => {
    if (!confirmedIn.current) return returnFocus(event);
    event.preventDefault();
    focusHeading(confirmedIn.current);
    confirmedIn.current = null;
  };

  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-[oklch(0.15_0.015_165/0.5)]" />
        <Radix.Content
          onCloseAutoFocus={leadOn}
          className="fixed inset-x-0 bottom-0 z-50 mx-auto max-h-[92dvh] w-full animate-rise overflow-y-auto rounded-t-media bg-paper-raised px-5 pt-6 pb-[calc(1.25rem+env(safe-area-inset-bottom))] shadow-float outline-none sm:inset-y-0 sm:my-auto sm:h-fit sm:max-w-[460px] sm:rounded-media sm:px-7 sm:py-6"
        >
          <form onSubmit={submit} className="grid gap-4">
            <div>
              <Radix.Title className="text-25">{title}</Radix.Title>
              <Radix.Description asChild>
                <div className="mt-2 text-ink-soft">{children}</div>
              </Radix.Description>
            </div>
            {typed !== undefined && (
              <Field label={`Type ${typed} to go on`}>
                <Input
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                  autoComplete="off"
                  spellCheck={false}
                />
              </Field>
            )}
            <Refusal of={refusal} />
            <div className="flex flex-wrap justify-end gap-2 max-sm:*:flex-1">
              <Radix.Cancel asChild>
                <Button variant="line">Cancel</Button>
              </Radix.Cancel>
              <Button type="submit" variant={variant} disabled={!ready} pending={busy && pending}>
                {action}
              </Button>
            </div>
          </form>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
