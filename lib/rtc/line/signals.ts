import type { RoomInput } from "@/lib/protocol/rooms";
import type { ParticipantRef } from "../state";

type Negotiation = Partial<RoomInput<"offer">["negotiation"]>;
type Candidates = RoomInput<"ice-candidate">["candidates"];

/** What one end says to another through the server. `peer` is whom it goes to, or whom it came from. */
export type RelaySignal =
  | { kind: "offer" | "answer"; peer: ParticipantRef; sdp: string; negotiation: Negotiation }
  | {
      kind: "candidates";
      peer: ParticipantRef;
      candidates: Candidates;
      negotiation: Pick<Negotiation, "negId" | "epoch" | "ufrag">;
    }
  | { kind: "renegotiate"; peer: ParticipantRef };
