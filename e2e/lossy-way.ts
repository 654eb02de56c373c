import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

const HOST = "127.0.0.1";

/** A way for datagrams to one port and back, on which some of them are lost. */
export type LossyWay = {
  port: number;
  /** From now on so much of all is lost, from 0 to 1. */
  lose(part: number): void;
  /** What was to pass since the loss last changed, and what did not. */
  tally(): { passed: number; lost: number };
  close(): void;
};

/**
 * Stands before a relay. What one browser sends another comes by twice, on its way to the relay and from there, and is
 * tried once, on the first: what is lost here is what that one misses.
 */
export async function openLossyWay(to: number, seed: number): Promise<LossyWay> {
  const random = randomFrom(seed);
  const near = createSocket("udp4");
  const far = new Map<string, Socket>();
  let part = 0;
  let seen = { passed: 0, lost: 0 };

  // A browser speaks from whichever of the machine's addresses it likes.
  const farOf = ({ address, port }: RemoteInfo): Socket => {
    const from = `${address} ${port}`;
    const known = far.get(from);
    if (known) return known;
    const made = createSocket("udp4");
    far.set(from, made);
    // An end that has closed is told by nobody, as on any network.
    return made.on("error", () => undefined).on("message", (said) => near.send(said, port, address));
  };
  near.on("message", (said, from) => {
    const isLost = random() < part;
    seen[isLost ? "lost" : "passed"] += 1;
    if (!isLost) farOf(from).send(said, to, HOST);
  });
  near.bind(0, HOST);
  await once(near, "listening");

  return {
    port: (near.address() as AddressInfo).port, // bound to a port, it has one
    lose(next) {
      part = next;
      seen = { passed: 0, lost: 0 };
    },
    tally: () => ({ ...seen }),
    close() {
      for (const socket of [near, ...far.values()]) socket.close();
    },
  };
}

/** The same numbers for the same seed, from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
