/** The product's tokens in the only notation that mail programs read. */
export const LIGHT = {
  paper: "#f3f6f0",
  raised: "#fbfdfa",
  sunk: "#e8ece4",
  ink: "#14211c",
  soft: "#44514a",
  faint: "#606b64",
  rule: "#d0d6cd",
  voice: "#ee5d2b",
  book: "#0e5a3d",
  hold: "#855900",
  danger: "#b10a33",
};

const NIGHT: typeof LIGHT = {
  paper: "#0c1310",
  raised: "#141d19",
  sunk: "#060c09",
  ink: "#edf0e9",
  soft: "#b6bdb4",
  faint: "#8c958d",
  rule: "#28322d",
  voice: "#fd7747",
  book: "#72d1a1",
  hold: "#eabd5d",
  danger: "#fc757e",
};

export const SERIF = "Newsreader,Georgia,'Times New Roman',serif";
export const SANS = "'Instrument Sans',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
export const MONO = "'Geist Mono',ui-monospace,Menlo,Consolas,monospace";

export const BODY_STYLE = `margin:0;padding:0;background:${LIGHT.paper};color:${LIGHT.ink};-webkit-text-size-adjust:100%`;

const WORDS = ["ink", "soft", "faint", "book", "hold", "danger"] as const;

/** The same rules for programs that follow the system's theme and, by their own marks, for Outlook's. */
const night = (text: string, ground: string): string[] => [
  ...WORDS.map((word) => `${text}.${word} { color: ${NIGHT[word]} !important; }`),
  `${ground}.paper { background: ${NIGHT.paper} !important; }`,
  `${ground}.raised { background: ${NIGHT.raised} !important; }`,
  `${ground}.sunk { background: ${NIGHT.sunk} !important; }`,
  `${text}.line { border-color: ${NIGHT.rule} !important; }`,
  `${text}.edge { border-color: ${NIGHT.ink} !important; }`,
  `${text}.arc-voice { border-color: ${NIGHT.voice} !important; }`,
  `${text}.arc-book { border-color: ${NIGHT.book} !important; }`,
  `${ground}.button { background: ${NIGHT.ink} !important; }`,
  `${text}.button { color: ${NIGHT.paper} !important; }`,
];

/** Programs that know dark paper take this; the others keep the light values that stand in each element. */
export const STYLE = `@media (max-width: 480px) {
.sheet { padding: 28px 20px 26px !important; }
}
@media (prefers-color-scheme: dark) {
${night("", "").join("\n")}
}
${night("[data-ogsc] ", "[data-ogsb] ").join("\n")}`;
