import { Fragment, type ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export const Code = ({ children }: { children: ReactNode }) => (
  <code className="font-mono text-[0.93em] tracking-[-0.01em] [overflow-wrap:anywhere]">{children}</code>
);

/** A field or a code by its name. A long one breaks behind a point or a line and nowhere else. */
export const Name = ({ name }: { name: string }) => (
  <code className="font-mono text-[0.93em] tracking-[-0.01em] [overflow-wrap:normal]">
    {name.split(/(?<=[._])/).map((part) => (
      <Fragment key={part}>
        {part}
        <wbr />
      </Fragment>
    ))}
  </code>
);

/** A plain sentence in which `backticks` mark code. */
export const Words = ({ text }: { text: string }) =>
  text.split(/(`[^`]+`)/).map((part) => (part.startsWith("`") ? <Code key={part}>{part.slice(1, -1)}</Code> : part));

export const Paragraph = ({ children, className }: { children: ReactNode; className?: string }) => (
  <p className={cx("max-w-measure text-ink-soft", className)}>{children}</p>
);

/** Text, and beside it where there is room, what it looks like. */
export const Beside = ({ children, code }: { children: ReactNode; code: ReactNode }) => (
  <div className="mt-5 grid items-start gap-x-10 gap-y-5 xl:grid-cols-2">
    <div className="grid min-w-0 content-start gap-4">{children}</div>
    <div className="grid min-w-0 gap-4 xl:sticky xl:top-6">{code}</div>
  </div>
);
