import { Counters } from "../quality/counters";
import type { Measured, VideoLevel } from "../route";
import type { ParticipantRef } from "../state";
import { type Adaptation, adapt, shapeFor, unadapted } from "./shape";

/** Decides for each person how much of the camera they get, and tells the senders where that changed. */
export class Shaper {
  readonly #adaptations = new Map<ParticipantRef, Adaptation>();
  readonly #asked = new Map<ParticipantRef, Exclude<VideoLevel, "auto">>();
  readonly #applied = new WeakMap<RTCRtpSender, string>();
  readonly #counters = new Counters();
  #own: VideoLevel = "auto";

  limit(level: VideoLevel): void {
    this.#own = level;
  }

  limitTo(id: ParticipantRef, level: Exclude<VideoLevel, "auto">): void {
    this.#asked.set(id, level);
  }

  forget(id: ParticipantRef): void {
    this.#adaptations.delete(id);
    this.#asked.delete(id);
    this.#counters.forget(id);
  }

  /** Says whether anybody is to get more or less than before. */
  learn(reports: readonly Measured[]): boolean {
    let isChanged = false;
    for (const measured of reports) {
      const before = this.#adaptations.get(measured.id) ?? unadapted;
      const { availableOutKbps, limitedBy, videoOut } = this.#counters.read(measured);
      const after = adapt(before, { availableKbps: availableOutKbps, lossPercent: videoOut.lossPercent, limitedBy });
      this.#adaptations.set(measured.id, after);
      isChanged ||= after.step !== before.step;
    }
    return isChanged;
  }

  apply(id: ParticipantRef, sender: RTCRtpSender, others: number): void {
    const { step } = this.#adaptations.get(id) ?? unadapted;
    const shape = shapeFor({ others, own: this.#own, asked: this.#asked.get(id) ?? "high", step });
    const parameters = sender.getParameters();
    const [encoding] = parameters.encodings;
    const settings = sender.track?.getSettings();
    // Turned on its side, the shorter edge is what counts.
    const edge = Math.min(settings?.height ?? shape.height, settings?.width ?? shape.height);
    const scaleResolutionDownBy = shape.height > 0 ? Math.max(1, edge / shape.height) : 1;
    const mark = JSON.stringify({ shape, scaleResolutionDownBy });
    if (!encoding || this.#applied.get(sender) === mark) return;
    this.#applied.set(sender, mark);
    Object.assign(encoding, {
      active: shape.isSent,
      ...(shape.isSent && { maxBitrate: shape.kbps * 1_000, maxFramerate: shape.fps, scaleResolutionDownBy }),
    });
    // Refused while a description is being put in place; said again once it is.
    sender.setParameters(parameters).catch(() => this.#applied.delete(sender));
  }
}
