import type { Candidate, IceServer } from "@/lib/protocol/room-parts";

/* The platform tells a missing field from one that holds nothing, and what came over a line does not. */

export const plainCandidate = (given: Candidate): RTCIceCandidateInit => ({
  candidate: given.candidate,
  sdpMid: given.sdpMid ?? null,
  sdpMLineIndex: given.sdpMLineIndex ?? null,
  usernameFragment: given.usernameFragment ?? null,
});

export const plainServer = ({ urls, username, credential }: IceServer): RTCIceServer => ({
  urls,
  ...(username !== undefined && { username }),
  ...(credential !== undefined && { credential }),
});

type Ways = { iceServers(): Promise<IceServer[]>; transportPolicy: RTCIceTransportPolicy };

/** With credentials that are good at this moment: each new connection and each restart asks for them. */
export async function configurationOf({ iceServers, transportPolicy }: Ways): Promise<RTCConfiguration> {
  const servers = await iceServers();
  return { iceServers: servers.map(plainServer), bundlePolicy: "max-bundle", iceTransportPolicy: transportPolicy };
}
