import { useId } from "react";
import { cx } from "@/components/ui/cx";
import { type DrawnName, drawn } from "./people";

const bodyX = 186;
const faceX = 196;

type PersonProps = {
  look: DrawnName;
  /** Arcs of sound leave the head. */
  speaking?: boolean;
  /** Which side the light and the gaze come from. */
  facing?: "right" | "left";
  still?: boolean;
  viewBox?: string;
  className?: string;
};

/** Somebody, drawn round. Decoration: the name beside it says who it is. */
export function Person({
  look,
  speaking = false,
  facing = "right",
  still = false,
  viewBox = "0 -20 400 380",
  className,
}: PersonProps) {
  const id = useId();
  const { ground, glow, body, face, neck } = drawn[look];
  const nod = still ? "" : "animate-nod [transform-origin:50%_100%]";

  return (
    <svg
      viewBox={viewBox}
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      className={cx("size-full", className)}
    >
      <g transform={facing === "left" ? "translate(400 0) scale(-1 1)" : undefined}>
        <defs>
          <Gradient id={`${id}ground`} stops={ground} />
          <Gradient id={`${id}body`} stops={body} x1="0.1" x2="0.7" y2="0.55" />
          <Gradient id={`${id}face`} stops={face} x1="0.1" y1="0.05" x2="0.9" />
          <radialGradient id={`${id}glow`} cx="0.12" cy="0.1" r="0.8">
            <stop stopColor={glow} stopOpacity="0.55" />
            <stop offset="1" stopColor={glow} stopOpacity="0" />
          </radialGradient>
          <clipPath id={`${id}clip`}>
            <circle cx={faceX} cy="168" r="66" />
          </clipPath>
        </defs>
        <rect x="-400" y="-400" width="1200" height="1200" fill={`url(#${id}ground)`} />
        <rect x="-400" y="-400" width="1200" height="1200" fill={`url(#${id}glow)`} />
        {speaking && <Sound />}
        <circle cx={bodyX} cy="410" r="190" fill={`url(#${id}body)`} className={nod} />
        <g className={cx(nod, nod && "[animation-delay:-0.6s]")}>
          <circle cx={faceX} cy="168" r="66" fill={`url(#${id}face)`} />
          <g clipPath={`url(#${id}clip)`}>
            <circle cx={bodyX} cy="410" r="190" fill={neck} />
          </g>
        </g>
      </g>
    </svg>
  );
}

type GradientProps = { id: string; stops: [string, string]; x1?: string; y1?: string; x2?: string; y2?: string };

const Gradient = ({ id, stops, x1 = "0", y1 = "0", x2 = "1", y2 = "1" }: GradientProps) => (
  <linearGradient id={id} x1={x1} y1={y1} x2={x2} y2={y2}>
    <stop stopColor={stops[0]} />
    <stop offset="1" stopColor={stops[1]} />
  </linearGradient>
);

const Sound = () => (
  <g fill="none" stroke="oklch(.98 .02 90 / .75)" strokeWidth="3" strokeLinecap="round">
    {[94, 118, 142].map((radius, step) => {
      const dx = radius * 0.8989;
      const dy = radius * 0.4383;
      return (
        <path
          key={radius}
          className="animate-say opacity-0"
          style={{ animationDelay: `${step * 250}ms` }}
          d={`M${faceX + dx} ${168 - dy}A${radius} ${radius} 0 0 1 ${faceX + dx} ${168 + dy}`}
        />
      );
    })}
  </g>
);
