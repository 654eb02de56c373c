import type { CSSProperties } from "react";

/* Styles go by attribute, so that a page with a strict policy needs nothing more. Each colour may be set from outside. */

const ink = "var(--parley-ink, #f3f5f0)";
const ground = "var(--parley-ground, #16201c)";
const raised = "var(--parley-raised, #22302a)";
const voice = "var(--parley-voice, #f0703c)";
const danger = "var(--parley-danger, #c43a4b)";

export const look = {
  room: {
    ...{ display: "flex", flexDirection: "column", height: "100%", minHeight: 320, padding: 12, gap: 12 },
    ...{ boxSizing: "border-box", background: ground, color: ink, borderRadius: 16 },
    fontFamily: "system-ui, sans-serif",
  },
  grid: {
    ...{ display: "grid", flex: 1, gap: 8, minHeight: 0 },
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))",
  },
  tile: { position: "relative", overflow: "hidden", minHeight: 140, borderRadius: 12, background: raised },
  video: { width: "100%", height: "100%", objectFit: "cover", display: "block" },
  initial: { position: "absolute", inset: 0, display: "grid", placeItems: "center", fontSize: 44, fontWeight: 600 },
  name: {
    ...{ position: "absolute", left: 8, bottom: 8, padding: "3px 9px", borderRadius: 8 },
    ...{ background: "rgb(0 0 0 / 0.6)", color: "#fff", fontSize: 13 },
  },
  bar: { display: "flex", justifyContent: "center", flexWrap: "wrap", gap: 8 },
  button: {
    ...{ minHeight: 48, padding: "0 18px", border: 0, borderRadius: 12, cursor: "pointer" },
    ...{ background: raised, color: ink, font: "inherit", fontWeight: 550 },
  },
  note: { margin: 0, textAlign: "center", opacity: 0.85 },
  field: {
    ...{ minHeight: 48, padding: "0 14px", borderRadius: 12, font: "inherit", boxSizing: "border-box" },
    ...{ border: "1px solid rgb(255 255 255 / 0.25)", background: "transparent", color: ink },
  },
} satisfies Record<string, CSSProperties>;

export const main: CSSProperties = { ...look.button, background: voice, color: "#1d120b" };
export const away: CSSProperties = { ...look.button, background: danger, color: "#fff" };
export const isSpeakingRing: CSSProperties = { outline: `3px solid ${voice}`, outlineOffset: -3 };
