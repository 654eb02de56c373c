import { qrMatrix } from "./qr-matrix";

/** So many light squares belong around it, or a reader does not find it. */
const QUIET = 4;

/** An address for the camera of a phone. Always dark on light, whatever the page is. Nothing where it is too long. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const squares = qrMatrix(text);
  if (!squares) return null;
  const size = squares.length + 2 * QUIET;
  const dark = squares.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : [])),
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
