import { afterAll, beforeAll, expect, test } from "vitest";
import { listPreferences } from "@/lib/notifications/queries";
import { tokenFor } from "@/lib/notifications/unsubscribe-link";
import { aPerson, type Person } from "@/lib/testing/people";
import { type Served, serve } from "./testing/serve";

let server: Served;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.close());

const wanted = async ({ ctx }: Person) =>
  (await listPreferences(ctx)).kinds.find(({ kind }) => kind === "usage")?.wanted;

const press = (token: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/unsubscribe?token=${token}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: "List-Unsubscribe=One-Click",
  });

test("opening the link shows a page and changes nothing; the mail program's post switches off, once and again", async () => {
  const dana = await aPerson();
  const token = tokenFor({ userId: dana.userId, kind: "usage" });
  const page = await fetch(`${server.url}/unsubscribe?token=${token}`);
  expect(await page.text()).toContain("page /unsubscribe?token=");
  expect(await wanted(dana)).toBe(true);

  for (const _ of [1, 2]) {
    const answer = await press(token, { origin: "https://mail.example" });
    expect([answer.status, await answer.json()]).toEqual([200, { kind: "usage", label: "Use of a plan" }]);
    expect(await wanted(dana)).toBe(false);
  }
});

test("a post with a token that is not ours is refused, and the form of the page goes to the page", async () => {
  const dana = await aPerson();
  expect((await press(`${dana.userId}.usage.AAAA`)).status).toBe(400);
  expect(await wanted(dana)).toBe(true);
  const token = tokenFor({ userId: dana.userId, kind: "usage" });
  const form = await press(token, { "next-action": "abc", origin: "https://evil.example" });
  expect(await form.json()).toMatchObject({ code: "origin_not_allowed" });
  expect(await wanted(dana)).toBe(true);
});
