import type { Connections, PaneWindow } from "./pane-window";

const WORKER = "/examples/frame-loss.js";

export type FrameLoss = { set(rate: number): void };

/** Whether this browser lets a page at the frames that it sends. */
export const canLoseFrames = (): boolean => "RTCRtpScriptTransform" in globalThis;

/** Loses a part of the encoded frames of every connection of a pane, those that are made later included. */
export function frameLossOf(pane: PaneWindow, connections: Connections): FrameLoss {
  const worker = canLoseFrames() ? new pane.Worker(WORKER) : undefined;
  // At once: a sender that has sent a frame without a sieve never asks for one.
  const sieve = (sender: RTCRtpSender): void => {
    if (worker && !sender.transform) sender.transform = new pane.RTCRtpScriptTransform(worker);
  };
  watchConnections(pane, connections, sieve);
  return { set: (rate) => worker?.postMessage({ rate }) };
}

/** Keeps hold of what the quick start connects with, and of each sender as it comes to be. */
function watchConnections(pane: PaneWindow, connections: Connections, onSender: (sender: RTCRtpSender) => void): void {
  pane.RTCPeerConnection = class extends pane.RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
    }

    override addTransceiver(...given: Parameters<RTCPeerConnection["addTransceiver"]>): RTCRtpTransceiver {
      const transceiver = super.addTransceiver(...given);
      onSender(transceiver.sender);
      return transceiver;
    }

    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      await super.setRemoteDescription(description);
      for (const sender of this.getSenders()) onSender(sender);
    }

    override close(): void {
      connections.delete(this);
      super.close();
    }
  };
}
