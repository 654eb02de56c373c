import type { TrialPerson } from "@/lib/rooms/schema";
import type { Sitter } from "./pane/drawn-source";

/** Who is drawn, and the tone by which one is told from the other. */
export const SITTERS: Record<TrialPerson, Sitter> = {
  Noor: { look: "fern", toneHz: 220 },
  Dana: { look: "coral", toneHz: 330 },
};
