import { formatDay } from "@/lib/time";

type LineTitleProps = { line: { title: string; periodStart: Date; periodEnd: Date } };

/** What a line of an invoice is for, and for how long. */
export const LineTitle = ({ line: { title, periodStart, periodEnd } }: LineTitleProps) => (
  <>
    {title}
    <span className="block text-13 text-ink-faint">
      {formatDay(periodStart)} to {formatDay(periodEnd)}
    </span>
  </>
);
