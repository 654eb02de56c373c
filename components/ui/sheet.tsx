"use client";

import * as Radix from "radix-ui/dialog";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Overlay, PanelClose, PanelFoot, PanelHead } from "./dialog";
import { returnFocus } from "./return-focus";

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;

const sides = { right: "right-0 animate-from-right", left: "left-0 animate-from-left" };

type SheetProps = ComponentProps<typeof Radix.Content> & {
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  side?: keyof typeof sides;
};

/** A panel from the side for looking something up or editing it without leaving the page. */
export function SheetContent({ title, description, footer, side = "right", className, children, ...rest }: SheetProps) {
  return (
    <Radix.Portal>
      <Overlay />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cx(
          "fixed inset-y-0 z-50 flex w-full max-w-[440px] flex-col bg-paper-raised shadow-float outline-none",
          sides[side],
          className,
        )}
        onCloseAutoFocus={returnFocus}
        {...rest}
      >
        <PanelHead title={title} description={description} />
        {/* First to be focused: a field would raise a phone's keyboard over what the panel shows. */}
        <PanelClose />
        <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-4 pb-6 sm:px-8">{children}</div>
        {footer && <PanelFoot>{footer}</PanelFoot>}
      </Radix.Content>
    </Radix.Portal>
  );
}
