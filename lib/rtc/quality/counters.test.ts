import { expect, test } from "vitest";
import { Counters } from "./counters";

const report = (stats: Record<string, unknown>[]) =>
  new Map(stats.map((stat) => [String(stat.id), stat])) as unknown as RTCStatsReport; // read by `forEach` alone
const id = "participant_01h0000000000000000000000z" as const;

const at = (timestamp: number, packetsReceived: number, packetsLost: number, bytesReceived: number) =>
  report([
    { id: "T", type: "transport", timestamp, selectedCandidatePairId: "P" },
    {
      id: "P",
      type: "candidate-pair",
      timestamp,
      localCandidateId: "L",
      currentRoundTripTime: 0.05,
      availableOutgoingBitrate: 900_000,
    },
    { id: "Q", type: "candidate-pair", timestamp, nominated: true, state: "succeeded", currentRoundTripTime: 9 },
    { id: "L", type: "local-candidate", timestamp, candidateType: "relay", protocol: "udp" },
    {
      id: "V",
      type: "inbound-rtp",
      kind: "video",
      timestamp,
      packetsReceived,
      packetsLost,
      bytesReceived,
      frameHeight: 360,
      jitter: 0.004,
    },
    { id: "O", type: "outbound-rtp", kind: "video", timestamp, bytesSent: 0, qualityLimitationReason: "bandwidth" },
    { id: "R", type: "remote-inbound-rtp", kind: "video", timestamp, fractionLost: 0.25 },
  ]);

test("tells what came since the last reading, in figures that can be shown", () => {
  const counters = new Counters();
  counters.read({ id, report: at(1_000, 100, 0, 10_000) });
  expect(counters.read({ id, report: at(3_000, 190, 10, 60_000) })).toMatchObject({
    ...{ rttMs: 50, route: "relay", protocol: "udp", availableOutKbps: 900, limitedBy: "bandwidth", arrived: 90 },
    videoIn: { kbps: 200, lossPercent: 10, height: 360, jitterMs: 4 },
    videoOut: { lossPercent: 25 },
    audioIn: { kbps: 0 },
  });
});

test("a connection that began afresh does not count backwards", () => {
  const counters = new Counters();
  counters.read({ id, report: at(1_000, 500, 5, 90_000) });
  expect(counters.read({ id, report: at(3_000, 10, 0, 1_000) })).toMatchObject({ arrived: 0, videoIn: { kbps: 0 } });
});

test("a browser that knows none of it is no fault", () => {
  expect(new Counters().read({ id, report: report([]) })).toMatchObject({ rttMs: null, route: null, arrived: 0 });
});
