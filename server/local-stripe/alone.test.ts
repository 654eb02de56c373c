import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "./testing/house";
import { onlyHere } from "./testing/sandbox";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

async function started(...words: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "server/local-stripe/alone.ts", ...words]);
  const [said, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { said, complaint, code };
}

test("says how it is started when asked, and when it was started otherwise", async () => {
  onlyHere("starts a server");
  const asked = await started("--help");
  expect(asked).toMatchObject({ said: expect.stringMatching(/^Usage: /), complaint: "", code: 0 });
  const { complaint, code } = await started("--port", "many");
  expect({ complaint, code }).toEqual({ complaint: `many is not a port.\n\n${asked.said}`, code: 1 });
  expect((await started("--prot", "1")).complaint).toBe(`Unknown option '--prot'\n\n${asked.said}`);
});

test("says that its port is taken, in one line", async () => {
  onlyHere("starts a server");
  const { port } = new URL(house.url);
  expect(await started("--port", port, "--database", house.databaseUrl)).toEqual({
    said: "",
    complaint: "That port is taken. Choose another with --port; 0 takes any that is free.\n",
    code: 1,
  });
});
