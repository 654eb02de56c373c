import { once } from "@/lib/once";
import { type Due, LANDMARKS, type LandmarkName, type Landmarks } from "./schema";

/** Something that has work due at instants of business time, each in a row that says so. */
export type Source = {
  name: string;
  /** When its next work is due. Work that waits for nothing but its turn is due at any instant that is past. */
  nextDueAt(): Promise<Date | null>;
  /** Does what is due up to an instant, in order, and what that brings about by then. */
  drain(until: Date): Promise<void>;
  /** What of this people go to by name. */
  landmarks?(): Promise<Landmarks>;
};

const sources = () => once("time-machine-sources", () => new Map<string, Source>());

/** Has the time machine stop where this has work, and let it be done. The name is what people read. */
export function addSource(source: Source): void {
  sources().set(source.name, source);
}

export function removeSource(name: string): void {
  sources().delete(name);
}

/** What is due next of each source, the earliest first; of two at one instant the one that was added first. */
export async function dueNext(): Promise<Due[]> {
  const all = await Promise.all(
    [...sources().values()].map(async (source) => ({ name: source.name, at: await source.nextDueAt() })),
  );
  return all
    .flatMap(({ name, at }) => (at === null ? [] : [{ name, at }]))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Of each name the earliest that any source has. */
export async function landmarksNext(): Promise<Landmarks> {
  const all = await Promise.all([...sources().values()].map((source) => source.landmarks?.()));
  const first = (name: LandmarkName) =>
    all
      .flatMap((landmarks) => landmarks?.[name] ?? [])
      .reduce<Landmarks[LandmarkName]>((best, one) => (best && best.at <= one.at ? best : one), null);
  const [renewal, invoice, card_expiry] = LANDMARKS.map(first);
  return { renewal: renewal ?? null, invoice: invoice ?? null, card_expiry: card_expiry ?? null };
}

export async function drainSource(name: string, until: Date): Promise<void> {
  await sources().get(name)?.drain(until);
}
