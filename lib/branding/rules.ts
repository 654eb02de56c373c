export const MOST_LOGO_BYTES = 65_536;
export const MOST_LOGO_DOTS = 1_024;
export const LEAST_LOGO_DOTS = 16;

const INK = "#000000";
const PAPER = "#ffffff";

/** Black or white, whichever is read better on a colour. One of the two always has a contrast of more than 4.5. */
export const readableOn = (colour: string): string => (contrast(colour, INK) >= contrast(colour, PAPER) ? INK : PAPER);

/** The contrast of two colours as WCAG 2 defines it, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
