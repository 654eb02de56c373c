import type { Connections } from "./pane-window";

/** Counts what a pane has decoded so far, connections that are gone included; whether anybody looks makes no difference. */
export function countPictures(connections: Connections): () => Promise<number> {
  const decoded = new Map<RTCPeerConnection, number>();
  return async () => {
    for (const connection of connections) decoded.set(connection, await decodedOver(connection));
    return [...decoded.values()].reduce((sum, count) => sum + count, 0);
  };
}

async function decodedOver(connection: RTCPeerConnection): Promise<number> {
  let count = 0;
  (await connection.getStats()).forEach((stat) => {
    if (stat.type === "inbound-rtp" && stat.kind === "video") count += stat.framesDecoded ?? 0;
  });
  return count;
}
