import { MultimediaError } from "../error";
import type { Call } from "./call";
import type { CallParts } from "./parts";

type Commands = Pick<
  Call,
  | "deleteMessage"
  | "react"
  | "caption"
  | "raiseHand"
  | "rename"
  | "moderate"
  | "admit"
  | "reject"
  | "limitVideo"
  | "wantVideo"
>;

/** What somebody inside may ask for. Whether they may is the server's to say. */
export function commandsOf(parts: CallParts): Commands {
  const { line, store, events } = parts;
  const passing = (asked: Promise<unknown>): void => void asked.catch(() => undefined);
  return {
    deleteMessage: async (id) => void (await line.ask("chat-delete", { id: idOf("chat", id) })),
    react(emoji) {
      const { self } = store.getSnapshot();
      if (self) events.emit("reaction", { id: self.id, name: self.name, emoji });
      passing(line.ask("reaction", { emoji }));
    },
    caption: (said) => passing(line.ask("caption", said)),
    raiseHand: async (hand) => void (await line.ask("update-participant", { hand })),
    rename: async (name) => void (await line.ask("update-participant", { name })),
    moderate: async (act) => void (await line.ask("moderate", act)),
    admit: async (knockId) => void (await line.ask("admit", { knockId: idOf("participant", knockId) })),
    reject: async (knockId) => void (await line.ask("reject", { knockId: idOf("participant", knockId) })),
    limitVideo: (level) => parts.route()?.limitVideo(level),
    wantVideo: (participantId, level) => passing(line.ask("set-quality", { participantId, level })),
  };
}

/** An id from elsewhere. One of another kind names nothing here. */
export function idOf<K extends string>(kind: K, value: string): `${K}_${string}` {
  if (!value.startsWith(`${kind}_`)) throw new MultimediaError("invalid_payload", `This is no id of a ${kind}.`);
  return value as `${K}_${string}`; // begins as the line before says
}
