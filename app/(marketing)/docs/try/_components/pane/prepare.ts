import type { MultimediaSDK, SdkOptions } from "@/lib/sdk/multimedia-sdk";
import type { Sitter } from "./drawn-source";
import { type FrameLoss, frameLossOf } from "./frame-loss";
import type { Connections, PaneWindow, PictureChoice, Stand } from "./pane-window";
import { countPictures } from "./pictures";
import { standInForDevices } from "./stand-in";

export type PaneParts = {
  choice: PictureChoice;
  sitter: Sitter;
  onSdk(sdk: MultimediaSDK): void;
  onStand(stand: Stand): void;
  /** The lines ended with an error that they do not catch. */
  onFailed(error: unknown): void;
};

/** What a page around the quick start holds of it. */
export type Pane = { loss: FrameLoss; setSound(isOn: boolean): void; pictures(): Promise<number> };

/** Gets a pane ready before its lines run: they stay as they are, and the page around them sees what they do. */
export function preparePane(pane: PaneWindow, { choice, sitter, onSdk, onStand, onFailed }: PaneParts): Pane {
  standInForDevices(pane, { choice, sitter, onStand });
  const connections: Connections = new Set();
  const loss = frameLossOf(pane, connections);
  pane.MultimediaSDK = class extends pane.MultimediaSDK {
    constructor(url?: string, options?: SdkOptions) {
      super(url, options);
      onSdk(this);
    }
  };
  pane.addEventListener("error", ({ error }) => onFailed(error));
  pane.addEventListener("unhandledrejection", ({ reason }) => onFailed(reason));
  const setSound = (isOn: boolean) => {
    const video = pane.document.querySelector<HTMLVideoElement>("#remoteVideo");
    if (video) video.muted = !isOn;
  };
  // Both ends are in one place, and would hear themselves.
  setSound(false);
  return { loss, setSound, pictures: countPictures(connections) };
}
