import type { Connections, PaneWindow } from "./pane-window";

const WORKER = "/examples/frame-loss.js";

export type FrameLoss = { set(rate: number): void };

/** Whether this browser lets a page at the frames that it sends. */
export const canLoseFrames = (): boolean => "RTCRtpScriptTransform" in globalThis;

/** Loses a part of the encoded frames of every connection of a pane, those that are made later included. */
export function frameLossOf(pane: PaneWindow, connections: Connections): FrameLoss {
  let rate = 0;
  let worker: Worker | undefined;
  const sieve = () => {
    worker ??= new pane.Worker(WORKER);
    return new pane.RTCRtpScriptTransform(worker, { rate });
  };
  const apply = () => {
    for (const connection of connections)
      for (const sender of connection.connectionState === "closed" ? [] : connection.getSenders())
        if (sender.track) sender.transform = rate === 0 ? null : sieve();
  };
  watchConnections(pane, connections, () => rate > 0 && apply());
  return {
    set(next) {
      if (next === rate) return;
      rate = next;
      apply();
    },
  };
}

/** Keeps hold of what the quick start connects with. */
function watchConnections(pane: PaneWindow, connections: Connections, onConnected: () => void): void {
  pane.RTCPeerConnection = class extends pane.RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
      this.addEventListener("connectionstatechange", () => this.connectionState === "connected" && onConnected());
    }

    override close(): void {
      connections.delete(this);
      super.close();
    }
  };
}
