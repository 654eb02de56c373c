import { type CallParts, nameIn } from "./parts";

/** What passes: it has no place in the order of the room, and nobody hears it later. */
export function hearMoments(parts: CallParts): void {
  const { line, store, events, local } = parts;
  line.on("reaction", ({ from, emoji }) => events.emit("reaction", { id: from, name: nameIn(parts, from), emoji }));
  line.on("caption", ({ from, text, final, lang }) =>
    events.emit("caption", { id: from, name: nameIn(parts, from), text, final, ...(lang !== undefined && { lang }) }),
  );
  line.on("quality-request", ({ from, level }) => parts.route()?.limitVideoTo(from, level));
  line.on("force-mute", ({ type: kind, by }) => {
    if (kind === "audio") void local.setMicrophone(false);
    else if (kind === "video") void local.setCamera(false);
    else local.stopScreen();
    events.emit("muted-by", { kind, by });
  });
  line.on("knock-request", (knock) => {
    const state = store.getSnapshot();
    const others = state.knocks.filter(({ knockId }) => knockId !== knock.knockId);
    store.set({ ...state, knocks: [...others, knock] });
    events.emit("knock", knock);
  });
  line.on("knock-gone", ({ knockId }) => {
    const state = store.getSnapshot();
    store.set({ ...state, knocks: state.knocks.filter((knock) => knock.knockId !== knockId) });
  });
  line.on("kicked", ({ reason, message }) => parts.end({ reason, message }));
}
