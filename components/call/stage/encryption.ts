import type { PeerFigures } from "@/lib/rtc/quality/state";

export type Encryption = { short: string; words: string };

/** What is true of how the media travels just now. From browser to browser nobody in between has the keys. */
export function encryptionOf(routes: readonly PeerFigures["route"][]): Encryption {
  if (routes.includes("relay"))
    return {
      short: "End to end, by relay",
      words: "Encrypted end to end, browser to browser. A relay passes it on and cannot open it.",
    };
  return { short: "End to end", words: "Encrypted end to end, browser to browser." };
}
