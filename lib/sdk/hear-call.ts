import type { Call } from "@/lib/rtc/call/call";
import type { Emitter } from "@/lib/rtc/emitter";
import type { Person } from "@/lib/rtc/state";
import { type SdkEvents, someone } from "./events";

/** A call's events, in the words of an application. */
export function hearCall(call: Call, { emit }: Emitter<SdkEvents>): void {
  hearPeople(call, emit);
  const named = (id: Person["id"], name: string) => someone({ id, name });
  call.on("media-toggled", ({ id, name, kind, enabled, by }) =>
    emit("userMediaToggled", { ...named(id, name), type: kind, mediaType: kind, enabled, by }),
  );
  call.on("muted-by", ({ kind }) => emit("mutedByHost", { type: kind }));
  call.on("reaction", ({ id, name, emoji }) => emit("reaction", { ...named(id, name), emoji }));
  call.on("caption", ({ id, name, text, final }) => emit("caption", { ...named(id, name), text, final }));
  call.on("knock", ({ knockId, userName }) => emit("knock", { knockId, userName }));
  call.on("joined", (where) => emit("joined", where));
  call.on("waiting", (where) => emit("waiting", where));
  call.on("token-renewed", (renewed) => emit("tokenRenewed", renewed));
  call.on("chat-message", (entry) => emit("chatMessage", entry));
  call.on("chat-deleted", (gone) => emit("chatDeleted", gone));
  call.on("minutes-warning", (warning) => emit("minutesWarning", warning));
  call.on("reconnecting", (attempt) => emit("reconnecting", attempt));
  call.on("reconnected", (where) => emit("reconnected", where));
  call.on("ended", (ended) => emit("ended", ended));
  call.local.on("unplugged", (what) => emit("deviceUnplugged", what));
  call.local.on("track", () => emit("localStream", { stream: call.local.getSnapshot().stream }));
}

function hearPeople(call: Call, emit: Emitter<SdkEvents>["emit"]): void {
  call.on("person-joined", (person) => emit("userJoined", { ...someone(person), person }));
  call.on("person-left", ({ id, name, reason }) => {
    emit("remoteStreamRemoved", someone({ id, name }));
    emit("userLeft", { ...someone({ id, name }), reason });
  });
  call.on("person-updated", (person) => emit("userUpdated", { ...someone(person), person }));
  call.on("person-away", (person) => emit("userReconnecting", someone(person)));
  call.on("person-back", (person) => emit("userReconnected", someone(person)));
  call.on("stream-added", ({ person, stream }) => emit("remoteStream", { ...someone(person), stream }));
  call.on("screen-added", ({ person, stream }) => emit("screenStream", { ...someone(person), stream }));
  call.on("screen-removed", ({ person }) => emit("screenStreamRemoved", someone(person)));
}
