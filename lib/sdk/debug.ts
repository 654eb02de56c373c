import type { Call } from "@/lib/rtc/call/call";
import type { Emitter } from "@/lib/rtc/emitter";
import type { Frame } from "@/lib/rtc/line/line";
import { masked } from "@/lib/rtc/masked";
import type { SdkEvents } from "./events";

/** One thing that happened: a message to or from the server, or an event that the application heard. Secrets are masked. */
export type Seen = Omit<Frame, "kind"> & { source: "signalling" | "sdk"; kind: Frame["kind"] | "event" };

export type SdkDebug = {
  /** Hears everything in the order in which it happened, from here on. */
  inspect(listener: (seen: Seen) => void): () => void;
  /** Cuts the line to the server, and keeps it cut for so long. */
  dropSignalling(forMs: number): void;
  /** Loses the connections to everybody else in the room. */
  dropConnections(): void;
};

export function debugOf(call: Call, events: Emitter<SdkEvents>): SdkDebug {
  return {
    inspect(listener) {
      const untap = call.tap((frame) => listener({ source: "signalling", ...frame }));
      const mute = events.onAny((name, body) => {
        const seen = { direction: "in", kind: "event", name, body: masked(body), atMs: Date.now() } as const;
        // Frames are told a turn later too, so that both keep their order.
        queueMicrotask(() => listener({ source: "sdk", ...seen }));
      });
      return () => {
        untap();
        mute();
      };
    },
    dropSignalling: (forMs) => call.breakLine(forMs),
    dropConnections: () => call.breakConnections(),
  };
}
