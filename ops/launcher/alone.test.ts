import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "alone-"));
  cpSync("ops/launcher", join(base, "ops/launcher"), { recursive: true });
  mkdirSync(join(base, ".data"));
});
afterEach(() => rmSync(base, { recursive: true }));

/** Another launcher of the same checkout: it says when it begins and when it is done. */
function launcher(work: string) {
  const program = `import { alone } from "./ops/launcher/alone.mjs"; await alone(async () => { ${work} });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: base,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  return { child, said: () => said, over: once(child, "close") };
}

const AT_WORK = 'console.log("in"); await new Promise((done) => setTimeout(done, 100)); console.log("out");';

test("launchers work one after the other, never two at once", async () => {
  const all = Array.from({ length: 4 }, () =>
    launcher(
      `const { appendFileSync } = await import("node:fs"); ${AT_WORK.replaceAll("console.log(", 'appendFileSync("order", ')}`,
    ),
  );
  await Promise.all(all.map(({ over }) => over));
  expect(readFileSync(join(base, "order"), "utf8")).toBe("inout".repeat(4));
  expect(existsSync(join(base, ".data/launcher.lock"))).toBe(false);
});

test("what a killed launcher left behind stops nobody", async () => {
  const killed = launcher('console.log("in"); await new Promise(() => setInterval(() => {}, 1000));');
  await once(killed.child.stdout, "data");
  killed.child.kill("SIGKILL");
  await killed.over;
  expect(existsSync(join(base, ".data/launcher.lock"))).toBe(true);
  const heirs = [launcher(AT_WORK), launcher(AT_WORK)];
  await Promise.all(heirs.map(({ over }) => over));
  for (const heir of heirs) expect(heir.said()).toContain("out");
});

test("a lock that nobody renews any more stops nobody", async () => {
  writeFileSync(join(base, ".data/launcher.lock"), "0 elsewhere");
  utimesSync(join(base, ".data/launcher.lock"), 0, 0);
  const heir = launcher(AT_WORK);
  await heir.over;
  expect(heir.said()).toContain("out");
});
