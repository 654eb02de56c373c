"use client";

import { X } from "lucide-react";
import * as Radix from "radix-ui/dialog";
import type { ComponentProps, ReactNode } from "react";
import { buttonClass } from "./button-style";
import { cx } from "./cx";
import { returnFocus } from "./return-focus";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

const widths = { small: "sm:max-w-[440px]", normal: "sm:max-w-[600px]", large: "sm:max-w-[920px]" };

type ContentProps = ComponentProps<typeof Radix.Content> & {
  title: string;
  description?: ReactNode;
  /** Stands under a rule and stays in sight while the body scrolls. */
  footer?: ReactNode;
  size?: keyof typeof widths;
};

/** In the middle of a wide screen, risen from the bottom of a phone. */
export function DialogContent({
  title,
  description,
  footer,
  size = "normal",
  className,
  children,
  ...rest
}: ContentProps) {
  return (
    <Radix.Portal>
      <Overlay />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cx(
          "fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-media bg-paper-raised shadow-float outline-none",
          "animate-rise sm:inset-y-0 sm:my-auto sm:h-fit sm:max-h-[calc(100dvh-48px)] sm:w-[calc(100%-32px)] sm:rounded-media",
          widths[size],
          className,
        )}
        onCloseAutoFocus={returnFocus}
        {...rest}
      >
        <PanelHead title={title} description={description} />
        <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-6 sm:px-8 sm:pb-8">{children}</div>
        {footer && <PanelFoot>{footer}</PanelFoot>}
        {/* Last, so that a form opens on its first field. */}
        <PanelClose />
      </Radix.Content>
    </Radix.Portal>
  );
}

export const Overlay = () => (
  <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-[oklch(0.15_0.015_165/0.5)]" />
);

export function PanelHead({ title, description }: { title: string; description?: ReactNode }) {
  return (
    <header className="pt-5 pr-16 pl-5 sm:pt-7 sm:pr-20 sm:pl-8">
      <Radix.Title className="text-25 sm:text-31">{title}</Radix.Title>
      {description && <Radix.Description className="mt-1 text-ink-soft">{description}</Radix.Description>}
    </header>
  );
}

export const PanelClose = () => (
  <Radix.Close
    aria-label="Close"
    className={buttonClass({ variant: "quiet", size: "icon" }, "absolute top-4 right-3 sm:top-6 sm:right-6")}
  >
    <X aria-hidden="true" strokeWidth={1.6} />
  </Radix.Close>
);

export function PanelFoot({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap justify-end gap-2 border-t border-rule px-5 pt-4 pb-[calc(1.25rem+env(safe-area-inset-bottom))] max-sm:*:flex-1 sm:px-8 sm:pb-5">
      {children}
    </footer>
  );
}
