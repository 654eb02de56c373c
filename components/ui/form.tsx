"use client";

import { type FormEvent, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "./button";
import type { ButtonLook } from "./button-style";
import { Notice } from "./notice";
import { overTheLine } from "./over-the-line";
import { isSignedOut, SignInAgain } from "./refusal";

/** Why a form was not taken, in words for the whole and for single fields. */
export type FormRefusal = {
  message: string;
  code?: string;
  fields?: Record<string, string>;
  retryAfterSeconds?: number;
};

type FormProps = {
  /** The verb on the button: "Sign in". */
  action: string;
  /** The same while it runs: "Signing in". */
  pending: string;
  look?: ButtonLook;
  /** Answers with the refusal, or with nothing when the form was taken. */
  onSubmit: (form: FormData) => Promise<FormRefusal | undefined>;
  /** The fields; they get the sentence for each that is wrong. */
  children: (wrong: Record<string, string>) => ReactNode;
  /** Stands beside the button. */
  aside?: ReactNode;
  className?: string;
};

/** A form that says what is wrong beside the field, leads there, and counts down when it has to wait. */
export function Form({ action, pending, look, onSubmit, children, aside, className }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [refusal, setRefusal] = useState<FormRefusal>();
  const [busy, start] = useTransition();
  const wait = useCountdown(refusal);
  const wrong = refusal?.fields ?? {};

  useEffect(() => {
    if (refusal?.fields) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refusal]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    const fields = new FormData(event.currentTarget);
    start(async () => setRefusal(await overTheLine(onSubmit(fields))));
  };

  return (
    // A post, so that a press before the page is awake does not put a password into the address.
    <form ref={form} method="post" onSubmit={submit} noValidate className={className ?? "grid gap-5"}>
      {refusal && Object.keys(wrong).length === 0 && (
        <Notice
          tone="loss"
          title={refusal.retryAfterSeconds === undefined ? refusal.message : waitingWords(wait)}
          urgent
          action={isSignedOut(refusal) && <SignInAgain />}
        />
      )}
      {children(wrong)}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <Button type="submit" {...look} pending={busy && pending} disabled={wait > 0}>
          {wait > 0 ? `Wait ${clock(wait)}` : action}
        </Button>
        {aside}
      </div>
    </form>
  );
}

/** Seconds left until the form may be sent again. */
function useCountdown(refusal: FormRefusal | undefined): number {
  const [left, setLeft] = useState(0);

  useEffect(() => {
    const seconds = refusal?.retryAfterSeconds ?? 0;
    setLeft(seconds);
    if (seconds === 0) return;
    const until = performance.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((until - performance.now()) / 1_000));
      setLeft(rest);
      if (rest === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [refusal]);

  return left;
}

/** Announced twice, not every second: when the wait begins and when it is over. */
const waitingWords = (left: number) =>
  left > 0 ? "Too many tries. Wait a moment, then try again." : "You can try again now.";

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
