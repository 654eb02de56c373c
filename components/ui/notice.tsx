import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

const tones = {
  hold: { Icon: TriangleAlert, colour: "text-hold" },
  loss: { Icon: TriangleAlert, colour: "text-danger" },
  settled: { Icon: CircleCheck, colour: "text-book" },
  plain: { Icon: Info, colour: "text-ink-soft" },
};

type NoticeProps = {
  tone?: keyof typeof tones;
  /** The fact, with its number first. */
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** Announced at once; for what the reader just caused. */
  urgent?: boolean;
  className?: string;
};

/** A fact between two rules, with the one thing to do beside it. */
export function Notice({ tone = "plain", title, children, action, urgent, className }: NoticeProps) {
  const { Icon, colour } = tones[tone];
  return (
    <div
      role={urgent ? "alert" : "status"}
      className={cx("flex flex-wrap items-center gap-x-3.5 gap-y-2 border-y border-rule py-3.5", className)}
    >
      <Icon aria-hidden="true" className={cx("size-5 shrink-0", colour)} strokeWidth={1.6} />
      <p className="min-w-[12rem] flex-1">
        <b className="font-semibold">{title}</b> {children && <span className="text-ink-soft">{children}</span>}
      </p>
      {action}
    </div>
  );
}
