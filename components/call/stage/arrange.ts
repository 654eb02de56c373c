/** How a call is laid out: who stands large, who in a strip. Pure, so that its promises can be tried. */
export type Mode = "auto" | "grid" | "speaker";

export type Arrangement =
  /** Nobody else is here. */
  | { kind: "alone" }
  /** One other fills the stage, you stand in a corner. */
  | { kind: "pair"; large: string }
  | { kind: "grid"; ids: string[]; columns: number; pages: number }
  /** One stands large, the others in a strip. */
  | { kind: "speaker"; large: string; strip: string[] }
  /** What somebody shares stands large. */
  | { kind: "screen"; sharer: string; strip: string[] };

export type Scene = {
  selfId: string;
  /** The others, in the order in which they came. */
  others: readonly string[];
  /** Who shares a screen, the last one first. */
  sharing: readonly string[];
  pinned: string | null;
  speaker: string | null;
  mode: Mode;
  isPhone: boolean;
  page: number;
};

const MOST_IN_A_GRID = 4;
const PAGE = { wide: 9, phone: 6 };

export function arrange(scene: Scene): Arrangement {
  const { selfId, others, sharing, pinned, mode } = scene;
  const everybody = [...others, selfId];
  const [sharer] = sharing;
  if (sharer !== undefined && pinned === null) return { kind: "screen", sharer, strip: everybody };
  const [first] = others;
  if (first === undefined) return { kind: "alone" };
  if (pinned !== null && everybody.includes(pinned)) return large(pinned, everybody);
  if (others.length === 1 && mode !== "grid") return { kind: "pair", large: first };
  const wantsSpeaker = mode === "speaker" || (mode === "auto" && everybody.length > MOST_IN_A_GRID && !scene.isPhone);
  if (wantsSpeaker) return large(others.includes(scene.speaker ?? "") ? (scene.speaker ?? first) : first, everybody);
  return gridOf(everybody, scene);
}

const large = (id: string, everybody: string[]): Arrangement => ({
  kind: "speaker",
  large: id,
  strip: everybody.filter((one) => one !== id),
});

function gridOf(everybody: string[], { isPhone, page }: Scene): Arrangement {
  const size = isPhone ? PAGE.phone : PAGE.wide;
  const pages = Math.ceil(everybody.length / size);
  const shown = Math.min(page, pages - 1);
  const ids = everybody.slice(shown * size, (shown + 1) * size);
  return { kind: "grid", ids, columns: columnsFor(ids.length, isPhone), pages };
}

export function columnsFor(count: number, isPhone: boolean): number {
  if (isPhone) return count <= 2 ? 1 : 2;
  return Math.ceil(Math.sqrt(count));
}

/** Who stands large: somebody who has spoken for two seconds, and then for at least five. */
export type Spotlight = { id: string | null; sinceMs: number; candidate: string | null; candidateSinceMs: number };

export const dark: Spotlight = { id: null, sinceMs: 0, candidate: null, candidateSinceMs: 0 };

const PROMOTE_MS = 2_000;
const HOLD_MS = 5_000;

export function lightUp(before: Spotlight, speaking: ReadonlySet<string>, nowMs: number): Spotlight {
  if (before.id !== null && speaking.has(before.id)) return { ...before, candidate: null };
  const [loudest = null] = speaking;
  if (loudest === null) return { ...before, candidate: null };
  if (before.candidate !== loudest) return { ...before, candidate: loudest, candidateSinceMs: nowMs };
  const spokeLong = nowMs - before.candidateSinceMs >= PROMOTE_MS;
  const heldLong = before.id === null || nowMs - before.sinceMs >= HOLD_MS;
  return spokeLong && heldLong ? { id: loudest, sinceMs: nowMs, candidate: null, candidateSinceMs: 0 } : before;
}
