import type { Emitter } from "../emitter";
import type { Line } from "../line/line";
import type { LocalMedia } from "../media/local-media";
import type { Route } from "../route";
import type { CallEvents, CallState, Ended, ParticipantRef, Person } from "../state";
import type { Store } from "../store";
import type { PeopleMedia } from "./people-media";

/** What the parts of one call have in common. */
export type CallParts = {
  store: Store<CallState>;
  events: Emitter<CallEvents>;
  line: Line;
  local: LocalMedia;
  media: PeopleMedia;
  /** There while somebody is in a room. */
  route(): Route | undefined;
  end(ended: Ended): void;
};

export const personIn = ({ store }: Pick<CallParts, "store">, id: ParticipantRef): Person | undefined =>
  store.getSnapshot().people.find((person) => person.id === id);

/** What somebody is called, oneself included. */
export function nameIn({ store }: Pick<CallParts, "store">, id: ParticipantRef): string {
  const { self, people } = store.getSnapshot();
  return self?.id === id ? self.name : (people.find((person) => person.id === id)?.name ?? "");
}
