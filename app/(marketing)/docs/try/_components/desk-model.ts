import type { ActionError, ActionResult } from "@/lib/http/action";
import { TRIAL_PEOPLE, type Trial, type TrialPerson } from "@/lib/rooms/schema";
import { createStore, type Readable } from "@/lib/rtc/store";
import type { MultimediaSDK } from "@/lib/sdk/multimedia-sdk";
import { createLog, type Log } from "./inspector/log";
import { type Fault, isMended, isWell, type Outage } from "./outage";
import type { PaneWindow, PictureChoice, Stand } from "./pane/pane-window";
import { type Pane, preparePane } from "./pane/prepare";
import { SITTERS } from "./sitters";

/** One of the two, as far as the page around them knows it. */
export type End = { pane: Pane; sdk: MultimediaSDK | null; stand: Stand | null; failure: string | null };

export type DeskState = {
  phase: "idle" | "opening" | "running";
  /** Rises with each run, so that its frames are new ones. */
  run: number;
  trial: Trial | null;
  refusal: ActionError | null;
  ends: Readonly<Partial<Record<TrialPerson, End>>>;
  outage: Outage | null;
};

export type OpenTrial = (input: Record<string, never>) => Promise<ActionResult<Trial>>;

const idle: DeskState = { phase: "idle", run: 0, trial: null, refusal: null, ends: {}, outage: null };
const OUT_OF_REACH: ActionError = {
  code: "unreachable",
  message: "The server cannot be reached. You may be offline, or it is just starting again. Try once more in a moment.",
};

/** Two ends of one call on one page, what passed between them, and the ways to break it. */
export class DeskModel {
  readonly #store = createStore(idle);
  readonly log: Log = createLog();
  #choice: PictureChoice = "camera";
  #isAudible = false;

  readonly getSnapshot: Readable<DeskState>["getSnapshot"] = this.#store.getSnapshot;
  readonly subscribe: Readable<DeskState>["subscribe"] = this.#store.subscribe;

  async run(openTrial: OpenTrial, choice: PictureChoice): Promise<void> {
    this.#choice = choice;
    this.#patch({ phase: "opening", refusal: null, outage: null, ends: {} });
    const answer = await openTrial({}).catch(() => ({ ok: false as const, error: OUT_OF_REACH }));
    if (this.getSnapshot().phase !== "opening") return;
    if (!answer.ok) return this.#patch({ phase: "idle", refusal: answer.error });
    this.log.begin(Date.now());
    this.#patch({ phase: "running", trial: answer.data, run: this.getSnapshot().run + 1 });
  }

  async stop(): Promise<void> {
    const ends = Object.values(this.getSnapshot().ends);
    this.#patch({ phase: "idle", outage: null });
    await Promise.all(ends.map(({ sdk }) => sdk?.leaveRoom()));
    if (this.getSnapshot().phase === "idle") this.#patch({ ends: {}, trial: null });
  }

  /** A frame is about to run its lines. */
  adopt(pane: PaneWindow): void {
    const who = TRIAL_PEOPLE.find((name) => name === pane.name);
    if (!who) return;
    const prepared = preparePane(pane, {
      // A second look through the same camera shows nothing more, and some systems open it once.
      choice: who === TRIAL_PEOPLE[0] ? this.#choice : "drawn",
      sitter: SITTERS[who],
      onSdk: (sdk) => this.#hear(who, sdk),
      onStand: (stand) => this.#patchEnd(who, { stand }),
      onFailed: (error) => this.#patchEnd(who, { failure: error instanceof Error ? error.message : messageOf(error) }),
    });
    prepared.setSound(this.#isAudible);
    this.#patch({
      ends: { ...this.getSnapshot().ends, [who]: { pane: prepared, sdk: null, stand: null, failure: null } },
    });
  }

  setSound(isOn: boolean): void {
    this.#isAudible = isOn;
    for (const { pane } of Object.values(this.getSnapshot().ends)) pane.setSound(isOn);
  }

  break(who: TrialPerson, fault: Fault): void {
    const { debug } = this.getSnapshot().ends[who]?.sdk ?? {};
    if (!debug) return;
    this.#patch({ outage: { who, fault, atMs: Date.now(), isFelt: false, lastedMs: null } });
    if (fault.kind === "signalling") debug.dropSignalling(fault.forMs);
    else debug.dropConnections();
  }

  loseFrames(who: TrialPerson, rate: number): void {
    this.getSnapshot().ends[who]?.pane.loss.set(rate);
  }

  #hear(who: TrialPerson, sdk: MultimediaSDK): void {
    this.#patchEnd(who, { sdk });
    sdk.debug.inspect((seen) => this.log.add(who, seen));
    sdk.call.subscribe(() => this.#look());
  }

  /** What was broken is mended once it was felt and both are well again. */
  #look(): void {
    const { outage, ends } = this.getSnapshot();
    if (!outage || isMended(outage)) return;
    const rooms = TRIAL_PEOPLE.map((who) => ends[who]?.sdk?.room);
    if (!rooms.every(isWell)) return void (outage.isFelt || this.#patch({ outage: { ...outage, isFelt: true } }));
    if (outage.isFelt) this.#patch({ outage: { ...outage, lastedMs: Date.now() - outage.atMs } });
  }

  #patchEnd(who: TrialPerson, change: Partial<End>): void {
    const { ends } = this.getSnapshot();
    const { [who]: end } = ends;
    if (end) this.#patch({ ends: { ...ends, [who]: { ...end, ...change } } });
  }

  #patch(change: Partial<DeskState>): void {
    this.#store.set({ ...this.getSnapshot(), ...change });
  }
}

/** Errors of a frame are no errors of this window's own. */
const messageOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : "The lines ended with an error.";
