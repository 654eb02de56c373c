import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Node = { id: number; callFrame: { functionName: string; url: string } };
type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] };

const WAITING = ["(idle)", "(program)"];
// The first of the profile is the start of the server, which no call pays for.
const START_MICROS = 3_000_000;

/** Whose code the processor was in, as shares of the time it was in any. */
export function shareByPart(folder: string): { part: string; share: number }[] {
  const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"));
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), "utf8")) as Profile; // written by node --cpu-prof
  const parts = new Map(nodes.map((node) => [node.id, partOf(node)]));
  const times = new Map<string, number>();
  let passed = 0;
  samples.forEach((id, at) => {
    const micros = timeDeltas[at] ?? 0;
    passed += micros;
    const part = parts.get(id);
    if (part !== undefined && passed > START_MICROS) times.set(part, (times.get(part) ?? 0) + micros);
  });
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([part, time]) => ({ part, share: time / total }))
    .filter(({ share }) => share >= 0.01)
    .sort((a, b) => b.share - a.share);
}

function partOf({ callFrame: { functionName, url } }: Node): string | undefined {
  if (WAITING.includes(functionName)) return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (library) return library;
  if (url.startsWith("node:"))
    return /^node:(?:_http|internal\/http|http|net|_stream|internal\/streams|stream)/.test(url)
      ? "Node: http and streams"
      : "Node: the rest";
  return url === "" ? "Node: native code" : "Parley";
}
