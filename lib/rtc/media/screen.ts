import { MultimediaError } from "../error";
import { refusalOf, statusOfRefusal } from "./refusal";

export type Shared = { stream: MediaStream; track: MediaStreamTrack; sound: MediaStreamTrack | null };

/** Shares a screen, a window or a tab, with its sound where the browser has it. `onEnd` when the browser's own button ends it. */
export async function shareScreen(onEnd: () => void): Promise<Shared> {
  if (!navigator.mediaDevices?.getDisplayMedia)
    throw new MultimediaError("unsupported", "This browser cannot share a screen.");
  const stream = await asked();
  const [track] = stream.getVideoTracks();
  if (!track) throw refusalOf("screen", "failed");
  // Text stays sharp and moves in fewer steps.
  track.contentHint = "detail";
  track.onended = onEnd;
  return { stream, track, sound: stream.getAudioTracks()[0] ?? null };
}

async function asked(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: true });
  } catch (cause) {
    throw refusalOf("screen", statusOfRefusal(cause), cause);
  }
}
