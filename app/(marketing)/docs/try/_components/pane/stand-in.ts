import { openDrawn, type Sitter } from "./drawn-source";
import type { PaneWindow, PictureChoice, Stand } from "./pane-window";

const STANDS: Record<string, Stand> = {
  NotAllowedError: "declined",
  SecurityError: "declined",
  NotFoundError: "none",
  NotReadableError: "in-use",
  AbortError: "in-use",
};

type StandInParts = { choice: PictureChoice; sitter: Sitter; onStand(stand: Stand): void };

/**
 * Lets the quick start ask for devices as it does anywhere. Where there are none, or somebody says no, it is given what
 * the page draws, and the page says so.
 */
export function standInForDevices(pane: PaneWindow, { choice, sitter, onStand }: StandInParts): void {
  const { mediaDevices } = pane.navigator as { mediaDevices?: MediaDevices }; // pages without https have none
  const real = choice === "camera" ? mediaDevices?.getUserMedia.bind(mediaDevices) : undefined;
  let stand: Stand | undefined = real ? undefined : choice === "drawn" ? "chosen" : "insecure";

  const drawn = (asked: MediaStreamConstraints, why: Stand) => {
    stand = why;
    onStand(why);
    return new pane.MediaStream(openDrawn(sitter, asked));
  };
  const getUserMedia = async (asked: MediaStreamConstraints = {}): Promise<MediaStream> => {
    if (!real || stand === "declined") return drawn(asked, stand ?? "none");
    try {
      return await real(asked);
    } catch (error) {
      const why = STANDS[error instanceof pane.DOMException ? error.name : ""] ?? "none";
      // Asked for both, the SDK asks again for each, and one of them may be there.
      if (why !== "declined" && asked.audio && asked.video) throw error;
      return drawn(asked, why);
    }
  };
  if (mediaDevices) Object.assign(mediaDevices, { getUserMedia });
  else Object.defineProperty(pane.navigator, "mediaDevices", { value: { getUserMedia } });
}
