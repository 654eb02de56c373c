import { rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./child.mjs";
import { reportFolder } from "./places.mjs";
import { complain, say, took } from "./say.mjs";
import { add, countVitest, none, one } from "./tally.mjs";

const AT_ONCE = 2;

const STATIC = [
  [
    "Lint and format",
    ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "--max-diagnostics=50"],
  ],
  ["Types", ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.test.json"]],
  ["Lock file", ["ops/lock.mjs", "--check"]],
  ["Version floors", ["ops/floors.mjs"]],
  ["Tables and migrations", ["--import", "tsx", "ops/drift.ts"]],
];

/** Each static check counts as one. They run two at a time and say what they found only when it is bad. */
export async function runStatic({ node, env }) {
  const waiting = [...STATIC];
  let tally = none;
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, args] = next;
      const startedAt = performance.now();
      const { code, output } = await run(node, args, { env });
      say(`${name} ... ${code === 0 ? took(startedAt) : `failed after ${took(startedAt)}`}`);
      if (code !== 0) complain(output.trimEnd());
      tally = add(tally, one(code === 0));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return tally;
}

export async function runVitest({ node, env }, { name, projects = [] }) {
  const report = join(reportFolder, `${name}.json`);
  rmSync(report, { force: true });
  say(`\n${projects.length > 0 ? `Tests (${projects.join(", ")})` : "Tests"}`);
  const chosen = projects.flatMap((project) => ["--project", project]);
  const { code } = await run(
    node,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      ...chosen,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    {
      env: { ...env, NODE_ENV: "test" },
      show: true,
    },
  );
  return countVitest(report, code);
}
