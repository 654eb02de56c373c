import type { MultimediaSDK } from "@/lib/sdk/multimedia-sdk";

/** The window of a frame in which the quick start runs. It is of this very origin. */
export type PaneWindow = Window & typeof globalThis & { MultimediaSDK: typeof MultimediaSDK };

/** What a pane sends: the person's own devices, or a picture and a tone that the page makes. */
export type PictureChoice = "camera" | "drawn";

/** Why a pane that was to send a camera sends what the page draws. */
export type Stand = "chosen" | "declined" | "none" | "in-use" | "insecure";

export type Connections = Set<RTCPeerConnection>;
