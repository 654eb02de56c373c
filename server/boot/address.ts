import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { dirname, join } from "node:path";

type Place = { host: string; port: number };

/** Where whoever is on this machine reaches what listens there. */
export const addressOf = ({ host, port }: Place): string => `http://${reachable(host)}:${port}`;

const fileIn = (dataDir: string) => join(dataDir, "address");

/** Writes down where this Parley answers on its own machine, for the commands that speak to it. */
export function noteAddress(dataDir: string, place: Place): () => void {
  const file = fileIn(dataDir);
  const address = addressOf(place);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${address}\n`);
  return () => {
    // Another one may have started here meanwhile.
    if (readAddress(dataDir) === address) rmSync(file, { force: true });
  };
}

export function readAddress(dataDir: string): string | undefined {
  try {
    return readFileSync(fileIn(dataDir), "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Who listens everywhere listens here too. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return isIPv6(host) ? `[${host}]` : host;
}
