import { seconds } from "@/lib/time";

export type Verdict = { level: "good" | "limited" | "blocked"; words: string };

const FAR_MS = 250;
const TRIES = 3;

/** Whether a call can work from here: how far the server is, and whether this browser connects at all. */
export async function testNetwork(): Promise<Verdict> {
  if (typeof RTCPeerConnection === "undefined")
    return { level: "blocked", words: "This browser cannot make calls, or they are switched off in it." };
  const [distance, connects] = await Promise.all([distanceMs(), connectsToItself()]);
  return verdictOf(distance, connects);
}

export function verdictOf(distance: number | null, connects: boolean): Verdict {
  if (distance === null) return { level: "blocked", words: "The server cannot be reached." };
  if (!connects) return { level: "limited", words: "This browser hides its network. The call may need a relay." };
  if (distance > FAR_MS) return { level: "limited", words: `The line is slow: ${distance} ms to the server.` };
  return { level: "good", words: `${distance} ms to the server.` };
}

async function distanceMs(): Promise<number | null> {
  const times: number[] = [];
  for (let turn = 0; turn < TRIES; turn += 1) {
    const began = performance.now();
    const answer = await fetch("/livez", { cache: "no-store", signal: AbortSignal.timeout(seconds(5)) }).catch(
      () => null,
    );
    if (answer?.ok) times.push(performance.now() - began);
  }
  return times.length > 0 ? Math.round(Math.min(...times)) : null;
}

/** Two ends in this page that find each other say that the browser may open connections. */
async function connectsToItself(): Promise<boolean> {
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
  one.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate ?? undefined).catch(() => undefined);
  other.onicecandidate = ({ candidate }) => void one.addIceCandidate(candidate ?? undefined).catch(() => undefined);
  try {
    const channel = one.createDataChannel("test");
    const opened = new Promise<boolean>((resolve) => {
      channel.onopen = () => resolve(true);
      setTimeout(() => resolve(false), seconds(5));
    });
    await one.setLocalDescription();
    if (one.localDescription) await other.setRemoteDescription(one.localDescription);
    await other.setLocalDescription();
    if (other.localDescription) await one.setRemoteDescription(other.localDescription);
    return await opened;
  } catch {
    return false;
  } finally {
    one.close();
    other.close();
  }
}
