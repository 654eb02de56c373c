"use client";

import { Check } from "lucide-react";
import * as Radix from "radix-ui/dropdown-menu";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

const line =
  "flex min-h-9 items-center gap-2.5 rounded-[4px] px-2.5 text-14 no-underline outline-none select-none data-[highlighted]:bg-paper-sunk data-[disabled]:text-ink-faint touch:min-h-11 [&_svg]:size-[18px] [&_svg]:shrink-0";

type MenuProps = { trigger: ReactNode; children: ReactNode; align?: "start" | "end"; side?: "top" | "bottom" };

export function Menu({ trigger, children, align = "end", side = "bottom" }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-[200px] max-w-[320px] animate-fade overflow-y-auto rounded-control bg-paper-raised p-1.5 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type MenuItemProps = ComponentProps<typeof Radix.Item> & {
  /** For what cannot be had back. */
  danger?: boolean;
};

export function MenuItem({ danger, className, ...rest }: MenuItemProps) {
  return <Radix.Item className={cx(line, danger && "text-danger", className)} {...rest} />;
}

/** One of several, with a tick at the chosen one. */
export function MenuChoice({ value, onValueChange, options }: MenuChoiceProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={cx(line, "justify-between")}>
          {option.label}
          <Radix.ItemIndicator>
            <Check aria-hidden="true" strokeWidth={1.6} />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

type MenuChoiceProps = {
  value: string;
  onValueChange: (value: string) => void;
  options: { value: string; label: string }[];
};

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2.5 pt-2 pb-1 text-12 text-ink-faint">{children}</Radix.Label>
);

export const MenuRule = () => <Radix.Separator className="my-1.5 h-px bg-rule" />;
