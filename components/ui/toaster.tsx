"use client";

import { Check, Info, TriangleAlert, X } from "lucide-react";
import * as Radix from "radix-ui/toast";
import { useSyncExternalStore } from "react";
import { seconds } from "@/lib/time";
import { buttonClass } from "./button-style";
import { type Toast, toasts } from "./toast";

const none: Toast[] = [];
const icons = { settled: Check, loss: TriangleAlert, plain: Info };
const colours = { settled: "text-book", loss: "text-danger", plain: "text-ink-soft" };

export function Toaster() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current, () => none);
  return (
    <Radix.Provider label="Message" swipeDirection="right" duration={seconds(7)}>
      {shown.map((one) => (
        <ToastCard key={one.id} {...one} />
      ))}
      <Radix.Viewport className="fixed right-0 bottom-0 z-60 grid w-full max-w-[452px] gap-3 p-4 pb-[calc(1rem+env(safe-area-inset-bottom))] outline-none empty:hidden max-sm:bottom-16" />
    </Radix.Provider>
  );
}

function ToastCard({ id, tone, title, body, action }: Toast) {
  const Icon = icons[tone];
  return (
    <Radix.Root
      type={tone === "loss" ? "foreground" : "background"}
      onOpenChange={(open) => {
        if (!open) toasts.dismiss(id);
      }}
      className="flex animate-rise items-start gap-3 rounded-control bg-paper-raised py-3 pr-2 pl-4 shadow-float data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
    >
      <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${colours[tone]}`} strokeWidth={1.6} />
      <div className="min-w-0 flex-1 py-px [overflow-wrap:anywhere]">
        <Radix.Title className="font-semibold">{title}</Radix.Title>
        {body && <Radix.Description className="text-13 text-ink-soft">{body}</Radix.Description>}
      </div>
      {action && (
        <Radix.Action
          altText={action.label}
          onClick={action.run}
          className={buttonClass({ variant: "quiet", size: "small" })}
        >
          {action.label}
        </Radix.Action>
      )}
      <Radix.Close aria-label="Close" className={buttonClass({ variant: "quiet", size: "small" })}>
        <X aria-hidden="true" strokeWidth={1.6} />
      </Radix.Close>
    </Radix.Root>
  );
}
