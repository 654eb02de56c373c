import type { RoomServerEvents } from "@/lib/protocol/rooms";
import type { Line } from "../line/line";
import type { RelaySignal } from "../line/signals";

type Body<K extends keyof RoomServerEvents> = Parameters<RoomServerEvents[K]>[0];

/** Sends what one end of a connection says to the other. */
export async function sendSignal(line: Line, signal: RelaySignal): Promise<void> {
  const target = signal.peer;
  if (signal.kind === "renegotiate") await line.ask("renegotiate", { target });
  else if (signal.kind === "candidates")
    await line.ask("ice-candidate", { target, candidates: signal.candidates, ...signal.negotiation });
  else await line.ask(signal.kind, { target, sdp: signal.sdp, ...signal.negotiation });
}

/** What came from the other end, in the words of the server, as a signal. */
export function hearSignals(line: Line, hear: (signal: RelaySignal) => void): void {
  const described = (kind: "offer" | "answer") => (body: Body<"offer"> | Body<"answer">) =>
    hear({ kind, peer: body.from, sdp: body.sdp, negotiation: negotiationOf(body) });
  line.on("offer", described("offer"));
  line.on("answer", described("answer"));
  line.on("ice-candidate", ({ from, candidate, candidates, negId, epoch, ufrag }) =>
    hear({
      kind: "candidates",
      peer: from,
      candidates: candidates ?? [candidate],
      negotiation: { negId, epoch, ufrag },
    }),
  );
  line.on("renegotiate", ({ from }) => hear({ kind: "renegotiate", peer: from }));
}

const negotiationOf = ({ negId, epoch, ufrag, iceRestart, tracks }: Body<"offer"> | Body<"answer">) => ({
  negId,
  epoch,
  ufrag,
  iceRestart,
  tracks,
});
