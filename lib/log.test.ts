import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { createLog } from "./log";

/** What was written after `say` spoke to a log. */
function written(say: (log: ReturnType<typeof createLog>) => void): string {
  let text = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  say(createLog(sink, "trace"));
  return text;
}

const KEY = `mk_${"a1B2".repeat(12)}`;

test("no secret reaches a line, whatever field or sentence it stands in", () => {
  const canary = "canary-7f3a";
  const text = written((log) => {
    log.info({ authorization: canary, cookie: canary, "x-api-key": canary, api_key: canary, apiKey: canary }, "fields");
    log.info(
      { deep: { list: [{ Password: canary, client_secret: canary, sdp: canary, candidate: canary, token: canary }] } },
      "deep",
    );
    log.info({ note: `sent ${KEY}` }, `a key ${KEY} in a sentence`);
    log.info({ header: "Bearer eyJhbGciOi.eyJzaWQiOi.c2lnbmF0dXJl" }, "a token");
    log.info({ note: "sk_live_51abcdefghij and whsec_abcdefghij" }, "stripe");
    log.error(
      { err: new Error(`could not use ${KEY}`, { cause: Object.assign(new Error("inner"), { password: canary }) }) },
      "failed",
    );
  });
  expect(text).not.toContain(canary);
  expect(text).not.toContain(KEY);
  expect(text).not.toMatch(/eyJhbGciOi|sk_live_51|whsec_abc/);
  expect(text.match(/\[hidden\]/g)?.length).toBeGreaterThan(12);
});

test("a line is one JSON object with its level, its instant and its words", () => {
  const line: unknown = JSON.parse(written((log) => log.warn({ request_id: "req_1", at: new Date(0) }, "hello")));
  expect(line).toMatchObject({
    level: "warn",
    request_id: "req_1",
    msg: "hello",
    at: "1970-01-01T00:00:00.000Z",
    ts: expect.stringMatching(/^\d{4}-/),
  });
});

test("an object that never ends is cut and does not hang the process", () => {
  type Chain = { next?: Chain };
  const chain: Chain = {};
  chain.next = chain;
  expect(written((log) => log.info({ chain }, "round"))).toContain("[deep]");
});

test("a failed statement is told without what it was to write", () => {
  const failed = Object.assign(
    new Error("Failed query: insert into users values ($1)\nparams: robin@parley.example\n    at night"),
    {
      query: "insert into users values ($1)",
      params: ["robin@parley.example\n    at night"],
    },
  );
  const text = written((log) => log.error({ err: new Error("outer", { cause: failed }) }, "failed"));
  expect(text).toContain("insert into users values ($1)");
  expect(text).not.toMatch(/robin|at night/);
  expect(text).toContain("log.test.ts");
});

test("a process that ends right behind its first line has written why", () => {
  const folder = mkdtempSync(join(tmpdir(), "log-"));
  const file = join(folder, "log", "parley.log");
  const program = `
    import { log, openLog } from "./lib/log.ts";
    openLog({ file: ${JSON.stringify(file)}, level: "info" });
    log().fatal("did not start");
    process.exit(3);`;
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program]);
  expect({ status, said: String(stderr) }).toEqual({ status: 3, said: "" });
  expect(readFileSync(file, "utf8")).toContain("did not start");
  rmSync(folder, { recursive: true });
});
