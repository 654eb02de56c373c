import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteActionBegun } from "@/lib/http/action-run";
import { log } from "@/lib/log";
import { type Served, serve } from "./testing/serve";

const FAULTS: Record<string, (res: ServerResponse) => void> = {
  "/ends": (res) => void res.setHeader("content-length", 7).end("a fault"),
  "/writes": (res) => {
    res.write("a ");
    res.end("fault");
  },
  "/flushes": (res) => {
    res.flushHeaders();
    res.end("a fault");
  },
  "/throws": () => {
    throw new Error("a fault");
  },
};

/** A page framework that fails in every way, before or after it let an action begin. */
async function failingPages(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.headers["x-begin"]) noteActionBegun();
  await new Promise((later) => setImmediate(later));
  res.statusCode = 500;
  res.setHeader("content-type", "text/x-component");
  FAULTS[req.url ?? ""]?.(res);
}

let served: Served;
beforeAll(async () => {
  log().level = "silent";
  served = await serve({ pages: failingPages });
});
afterAll(() => served.close());

async function send(path: string, headers: Record<string, string>) {
  const answer = await fetch(`${served.url}${path}`, {
    method: "POST",
    body: "{{{",
    headers: { origin: "http://localhost:3000", ...headers },
  });
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
}

test.each(Object.keys(FAULTS))("a form that nothing could read is the sender's fault: %s", async (path) => {
  for (const headers of [{ "next-action": "7f00" }, { "content-type": "multipart/form-data" }]) {
    const { status, type, text } = await send(path, { ...headers, "x-request-id": "my-request-1" });
    expect({ status, type }).toEqual({ status: 400, type: "application/json; charset=utf-8" });
    expect(JSON.parse(text)).toEqual({
      error: "The form could not be read. Load the page again and send it once more.",
      code: "invalid",
      requestId: "my-request-1",
    });
  }
});

test.each(Object.keys(FAULTS))("what fails once an action began is our fault: %s", async (path) => {
  expect((await send(path, { "next-action": "7f00", "x-begin": "1" })).status).toBe(500);
});

test("a page that fails without a form is our fault", async () => {
  expect((await send("/ends", {})).status).toBe(500);
  expect(await (await fetch(`${served.url}/writes`)).text()).toBe("a fault");
});
