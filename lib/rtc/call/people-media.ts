import type { Source } from "../route";
import type { ParticipantRef } from "../state";

type Held = { stream: MediaStream; screen: MediaStream; camera: MediaStreamTrack | null; isCameraOn: boolean };

/**
 * One object for each person and one for what they share, whatever connections their tracks came over. A camera is in
 * it from its first picture on: players wait for a picture that is promised, and keep the sound back until it comes.
 */
export class PeopleMedia {
  readonly #held = new Map<ParticipantRef, Held>();

  /** Puts a track in the place of the one before it, and says which object it is in. */
  take(id: ParticipantRef, source: Source, track: MediaStreamTrack): { stream: MediaStream; isScreen: boolean } {
    const held = this.#of(id);
    if (source === "camera") {
      held.camera = track;
      track.onunmute = () => showCamera(held);
      showCamera(held);
      return { stream: held.stream, isScreen: false };
    }
    const isScreen = source !== "microphone";
    const stream = isScreen ? held.screen : held.stream;
    put(stream, track);
    return { stream, isScreen };
  }

  /** What somebody says of their camera. */
  turnCamera(id: ParticipantRef, isOn: boolean): void {
    const held = this.#of(id);
    held.isCameraOn = isOn;
    showCamera(held);
  }

  screenOf(id: ParticipantRef): MediaStream | null {
    const screen = this.#held.get(id)?.screen;
    return screen && screen.getTracks().length > 0 ? screen : null;
  }

  forget(id: ParticipantRef): void {
    this.#held.delete(id);
  }

  clear(): void {
    this.#held.clear();
  }

  #of(id: ParticipantRef): Held {
    const made = { stream: new MediaStream(), screen: new MediaStream(), camera: null, isCameraOn: true };
    const held = this.#held.get(id) ?? made;
    this.#held.set(id, held);
    return held;
  }
}

/** A picture that stands still for a while stays: the last one is better than none. */
function showCamera({ stream, camera, isCameraOn }: Held): void {
  if (!isCameraOn) for (const track of stream.getVideoTracks()) stream.removeTrack(track);
  else if (camera && !camera.muted) put(stream, camera);
}

function put(stream: MediaStream, track: MediaStreamTrack): void {
  for (const before of stream.getTracks())
    if (before.kind === track.kind && before !== track) stream.removeTrack(before);
  if (!stream.getTrackById(track.id)) stream.addTrack(track);
}
