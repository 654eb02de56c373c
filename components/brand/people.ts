/** How a person without a picture is drawn: light falls from the side they sit on. */
export type Drawn = {
  ground: [string, string];
  glow: string;
  body: [string, string];
  face: [string, string];
  neck: string;
};

export const drawn = {
  coral: {
    ground: ["oklch(.36 .055 30)", "oklch(.235 .04 20)"],
    glow: "oklch(.62 .12 60)",
    body: ["oklch(.70 .175 42)", "oklch(.45 .14 28)"],
    face: ["oklch(.87 .105 72)", "oklch(.72 .145 52)"],
    neck: "oklch(.55 .16 34)",
  },
  fern: {
    ground: ["oklch(.40 .045 175)", "oklch(.24 .03 172)"],
    glow: "oklch(.7 .06 150)",
    body: ["oklch(.62 .095 165)", "oklch(.37 .07 168)"],
    face: ["oklch(.90 .055 125)", "oklch(.72 .085 150)"],
    neck: "oklch(.47 .085 165)",
  },
  ochre: {
    ground: ["oklch(.42 .04 250)", "oklch(.26 .035 255)"],
    glow: "oklch(.65 .05 230)",
    body: ["oklch(.80 .14 80)", "oklch(.56 .11 70)"],
    face: ["oklch(.89 .04 90)", "oklch(.70 .06 75)"],
    neck: "oklch(.62 .115 72)",
  },
  clay: {
    ground: ["oklch(.86 .03 110)", "oklch(.70 .04 130)"],
    glow: "oklch(.95 .03 100)",
    body: ["oklch(.36 .05 168)", "oklch(.22 .03 168)"],
    face: ["oklch(.74 .12 48)", "oklch(.56 .12 40)"],
    neck: "oklch(.30 .06 60)",
  },
} satisfies Record<string, Drawn>;

export type DrawnName = keyof typeof drawn;

const names = Object.keys(drawn) as DrawnName[]; // the keys of a constant we own

/** The same person looks the same everywhere: any stable text, such as an id, picks the drawing. */
export function drawnFor(seed: string): DrawnName {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return names[sum % names.length] ?? "coral";
}
