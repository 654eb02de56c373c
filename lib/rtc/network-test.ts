import type { IceServer } from "@/lib/protocol/room-parts";
import { plainServer } from "./mesh/wire";

export type NetworkVerdict = "good" | "limited" | "blocked";

export type NetworkReport = {
  verdict: NetworkVerdict;
  /** In words that may be shown. */
  reason: string;
  /** There and back to the server. */
  roundTripMs: number | null;
  /** A direct way for media out of this network. */
  hasUdp: boolean;
  /** `null` where no relay was asked for. */
  hasRelay: boolean | null;
};

type Tested = { url?: string; iceServers?: readonly IceServer[] };

const PINGS = 3;
const GATHER_MS = 4_000;
const SLOW_MS = 400;

/** Whether a call would work from here. Asks the server and this browser, and nobody's camera. */
export async function testNetwork({ url, iceServers = [] }: Tested): Promise<NetworkReport> {
  const [roundTripMs, found] = await Promise.all([measureRoundTrip(url), gather(iceServers)]);
  const hasRelay = iceServers.some(({ urls }) => urls.some(isTurn)) ? found.has("relay") : null;
  const facts = { roundTripMs, hasUdp: found.has("host") || found.has("srflx"), hasRelay };
  return { ...judge(facts), ...facts };
}

export function judge({
  roundTripMs,
  hasUdp,
  hasRelay,
}: Pick<NetworkReport, "roundTripMs" | "hasUdp" | "hasRelay">): Pick<NetworkReport, "verdict" | "reason"> {
  if (roundTripMs === null) return { verdict: "blocked", reason: "The server cannot be reached from this network." };
  if (!hasUdp && hasRelay !== true) return { verdict: "blocked", reason: "This network lets no calls out." };
  if (!hasUdp) return { verdict: "limited", reason: "Calls go through a relay from this network." };
  if (hasRelay === false)
    return { verdict: "limited", reason: "The relay cannot be reached; some calls may not connect." };
  if (roundTripMs > SLOW_MS) return { verdict: "limited", reason: "This network answers slowly." };
  return { verdict: "good", reason: "Calls work from here." };
}

/** The best of a few: the first one opens the connection. */
async function measureRoundTrip(url: string | undefined): Promise<number | null> {
  const address = new URL("/livez", url ?? location.href);
  const taken: number[] = [];
  try {
    for (let ping = 0; ping < PINGS; ping += 1) {
      const startedAt = performance.now();
      await fetch(address, { cache: "no-store", mode: "no-cors", signal: AbortSignal.timeout(GATHER_MS) });
      taken.push(performance.now() - startedAt);
    }
    return Math.round(Math.min(...taken));
  } catch {
    return null;
  }
}

/** The kinds of address by which this browser can be reached. */
async function gather(iceServers: readonly IceServer[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const pc = new RTCPeerConnection({ iceServers: iceServers.map(plainServer) });
  try {
    pc.createDataChannel("test");
    const done = new Promise<void>((resolve) => {
      setTimeout(resolve, GATHER_MS);
      pc.onicecandidate = ({ candidate }) => {
        if (candidate === null) resolve();
        else if (candidate.type && (candidate.protocol === "udp" || candidate.type === "relay"))
          found.add(candidate.type);
      };
    });
    await pc.setLocalDescription();
    await done;
    return found;
  } finally {
    pc.close();
  }
}

const isTurn = (address: string): boolean => /^turns?:/.test(address);
