export type Stretch = { kind: "free" | "billed" | "paused"; seconds: number };

type StripProps = {
  stretches: Stretch[];
  /** Seconds that the whole width stands for; by default what there is. */
  of?: number;
  label: string;
  className?: string;
};

const BARS = 116;
const WIDTHS = [1.2, 2.9, 1.9, 2.9, 1.2, 2.9, 1.2, 1.2, 1.9, 2.2, 1.5];

/** A call as a barcode: full bars were billed, low ochre ones were not, the hollow one was free. */
export function Strip({ stretches, of, label, className = "h-11 w-full" }: StripProps) {
  const total = of ?? stretches.reduce((sum, stretch) => sum + stretch.seconds, 0);
  const step = 400 / BARS;

  return (
    <svg viewBox="0 0 400 44" preserveAspectRatio="none" role="img" aria-label={label} className={className}>
      {Array.from({ length: BARS }, (_, bar) => {
        const x = bar * step;
        const width = WIDTHS[bar % WIDTHS.length] ?? 1.9;
        switch (kindAt(stretches, (bar / BARS) * total)) {
          case "billed":
            return <rect key={x} x={x} width={width} height="44" className="fill-ink" />;
          case "paused":
            return <rect key={x} x={x} y="37" width="1.9" height="7" className="fill-hold-fill" />;
          case "free":
            return (
              <rect
                key={x}
                x={x + 0.4}
                y="0.4"
                width="1.9"
                height="43.2"
                className="fill-none stroke-ink-faint [stroke-width:0.8]"
              />
            );
          default:
            return <rect key={x} x={x} y="43" width="1.2" height="1" className="fill-rule-firm" />;
        }
      })}
    </svg>
  );
}

function kindAt(stretches: Stretch[], second: number): Stretch["kind"] | undefined {
  let end = 0;
  for (const { kind, seconds } of stretches) {
    end += seconds;
    if (second < end) return kind;
  }
  return undefined;
}
