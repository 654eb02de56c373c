import encodeQR from "qr";

/** So many light squares belong around it, or a reader does not find it. */
const QUIET = 4;

/** An address for the camera of a phone. Always dark on light, whatever the page is. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const squares = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const dark = squares.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${squares.length} ${squares.length}`}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={squares.length} height={squares.length} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
