import type { RoomInput } from "@/lib/protocol/rooms";
import { kindOf, SOURCES, type Source } from "../route";

type Described = NonNullable<RoomInput<"offer">["negotiation"]["tracks"]>;

/** Which media line of a connection carries what. */
export type Lanes = Map<Source, RTCRtpTransceiver>;

export function openLanes(
  pc: RTCPeerConnection,
  sources: readonly Source[],
  direction: RTCRtpTransceiverDirection,
): Lanes {
  return new Map(sources.map((source) => [source, pc.addTransceiver(kindOf(source), { direction })]));
}

/** The lines of an offer, by what it says of them, and otherwise by their kind and order. */
export function readLanes(pc: RTCPeerConnection, described: Described | undefined): Lanes {
  const lanes: Lanes = new Map();
  for (const transceiver of pc.getTransceivers()) {
    const { kind } = transceiver.receiver.track;
    const said = described?.find(({ mid, kind: saidKind }) => mid === transceiver.mid && saidKind === kind)?.source;
    const source = said ?? SOURCES.find((next) => kindOf(next) === kind && !lanes.has(next));
    if (source !== undefined && kindOf(source) === kind && !lanes.has(source)) lanes.set(source, transceiver);
  }
  return lanes;
}

export function describeLanes(lanes: Lanes): Described {
  return [...lanes].flatMap(([source, { mid, sender }]) =>
    mid === null ? [] : [{ mid, kind: kindOf(source), source, ...(sender.track && { trackId: sender.track.id }) }],
  );
}

export const arrives = ({ currentDirection }: RTCRtpTransceiver): boolean =>
  currentDirection === "sendrecv" || currentDirection === "recvonly";
