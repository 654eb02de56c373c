"use client";

import { Slot } from "radix-ui/slot";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button-style";

export type ButtonProps = ComponentProps<"button"> &
  ButtonLook & {
    /** What is happening, in a word: "Saving". While set, the button keeps its width and its focus but does nothing. */
    pending?: string | false | undefined;
    /** Gives the look to the one child, for links. */
    asChild?: boolean;
  };

export function Button({ variant, size, wide, pending, asChild, className, children, onClick, ...rest }: ButtonProps) {
  const look = buttonClass({ variant, size, wide }, className);
  if (asChild) {
    return (
      <Slot className={look} onClick={onClick} {...rest}>
        {children}
      </Slot>
    );
  }

  const refuse = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault();
  return (
    <button
      type="button"
      className={look}
      aria-disabled={pending ? true : undefined}
      onClick={pending ? refuse : onClick}
      {...rest}
    >
      {pending === undefined ? children : <PendingWords words={pending}>{children}</PendingWords>}
    </button>
  );
}

function PendingWords({ words, children }: { words: string | false; children: ReactNode }) {
  return (
    <span className="grid justify-items-center">
      <span className={`col-start-1 row-start-1 inline-flex items-center gap-2 ${words ? "invisible" : ""}`}>
        {children}
      </span>
      <span className="col-start-1 row-start-1 animate-fade" role="status">
        {words}
      </span>
    </span>
  );
}
