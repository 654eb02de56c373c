import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aPerson, type Person } from "@/lib/testing/people";
import { allowLoopback } from "@/lib/testing/webhooks";
import { ask, bearer, post } from "./testing/callers";
import { type Served, serve } from "./testing/serve";

let server: Served;
beforeAll(async () => {
  server = await serve();
});
beforeEach(allowLoopback);
afterAll(() => server.close());

const at = () => `${server.url}/api/webhook-endpoints`;
const url = "http://localhost:9999/hooks";
const make = ({ token }: Person, body: unknown = { url }) => post(at(), body, bearer(token));

test("no API key reads, makes or changes an endpoint, whatever it may do", async () => {
  const person = await aPerson();
  const { body } = await make(person);
  const key = { "x-api-key": person.apiKey };
  expect((await ask(at(), { headers: key })).status).toBe(403);
  expect((await post(at(), { url }, key)).status).toBe(403);
  expect((await ask(`${at()}/${body.id}`, { method: "DELETE", headers: key })).status).toBe(403);
  expect((await post(`${at()}/${body.id}/rotate`, {}, key)).status).toBe(403);
});

test("an endpoint is made, read without its secret, changed, rotated and removed over the API", async () => {
  const person = await aPerson();
  const made = await make(person, { url, description: "Books", events: ["member.joined"] });
  expect(made).toMatchObject({ status: 201, body: { url, description: "Books", state: "enabled" } });
  const headers = { ...bearer(person.token), "content-type": "application/json" };
  const one = `${at()}/${made.body.id}`;

  const list = await ask(at(), { headers });
  expect(list.body.endpoints).toMatchObject([{ id: made.body.id }]);
  expect(JSON.stringify(list.body)).not.toContain("whsec_");
  const off = await ask(one, { method: "PATCH", headers, body: JSON.stringify({ enabled: false }) });
  expect(off.body).toMatchObject({ state: "disabled", reason: "by_hand" });
  expect(await post(`${one}/test`, {}, headers)).toMatchObject({ status: 409 });
  const rotated = await post(`${one}/rotate`, { overlapHours: 0 }, headers);
  expect(rotated.body).toMatchObject({ secret: expect.stringMatching(/^whsec_/), previousUntil: null });
  expect((await ask(one, { method: "DELETE", headers })).status).toBe(200);
  expect((await ask(one, { headers })).status).toBe(404);
});

test("says which field is wrong, for an address, a type and a field that is not there", async () => {
  const person = await aPerson();
  for (const [body, field] of [
    [{ url: "http://192.168.1.1/" }, "url"],
    [{ url, events: ["no.such"] }, "events.0"],
    [{ url, secret: "mine" }, "secret"],
    [{}, "url"],
  ] as const) {
    const { status, body: said } = await make(person, body);
    expect([status, Object.keys((said.details as { fields: object }).fields)]).toEqual([400, [field]]);
  }
});
