import type { Page } from "@playwright/test";
import { giveRooms } from "./callers";
import { brokenRules, expect, signIn, test } from "./fixtures";

/* The quick start on its page: two ends in two frames, with the server's own rooms between them. */

// Two ends that draw, encode and decode on one machine: where it hangs, not how fast it should be.
test.describe.configure({ timeout: 240_000 });

const inspector = (page: Page) => page.getByRole("list", { name: "Messages and events" });
const standing = (page: Page, other: string) => page.getByText(`Connected to ${other}`);

const lossOf = (page: Page, rate: string) =>
  page.getByRole("group", { name: "How many are lost" }).getByRole("radio", { name: rate });

async function run(page: Page, picture = "A drawing"): Promise<void> {
  await page.getByRole("radio", { name: picture }).check({ force: true });
  await page.getByRole("button", { name: "Run" }).click();
  await expectBothWell(page);
}

/** Both say so, and what each shows of the other goes on. */
async function expectBothWell(page: Page): Promise<void> {
  for (const other of ["Noor", "Dana"]) await expect(standing(page, other)).toBeVisible({ timeout: 90_000 });
  const before = await picturesShown(page);
  await expect
    .poll(async () => (await picturesShown(page)).every((count, at) => count > (before[at] ?? 0) + 2), {
      timeout: 30_000,
    })
    .toBe(true);
}

const picturesShown = (page: Page): Promise<number[]> =>
  page
    .locator("[data-pictures]")
    .evaluateAll((marks) => marks.map((mark) => Number(mark.getAttribute("data-pictures"))));

const linesOf = (page: Page, who: string, name: string) =>
  inspector(page).getByRole("button").filter({ hasText: who }).filter({ hasText: name });

test("a visitor without an account runs the lines that are shown, and sees every message of both ends", async ({
  page,
  request,
}) => {
  await page.goto("/docs/try");
  const shown = (await page.getByRole("tabpanel").first().textContent()) ?? "";
  const served = await (await request.get("/examples/quick-start.html")).text();
  expect(served).toContain(shown.trim());

  await run(page);
  for (const [who, name] of [
    ["Noor", "join-room"],
    ["Dana", "join-room"],
    ["Noor", "ice-candidate"],
    ["Noor", "remoteStream"],
    ["Dana", "remoteStream"],
  ] as const)
    await expect(linesOf(page, who, name).first()).toBeVisible();
  for (const name of ["offer", "answer"])
    await expect(
      inspector(page)
        .getByRole("button", { name: new RegExp(` ${name} ?, `) })
        .first(),
    ).toBeVisible();

  await expect(page.getByText("Sends a drawing and a tone.", { exact: true }).first()).toBeVisible();
  expect(await page.locator("iframe[name=Noor]").evaluate(isMuted)).toBe(true);
  await page.getByRole("button", { name: "Sound is off" }).click();
  expect(await page.locator("iframe[name=Noor]").evaluate(isMuted)).toBe(false);

  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(page.getByText("Not running")).toHaveCount(2);
});

const isMuted = (frame: HTMLElement): boolean | undefined =>
  frame instanceof HTMLIFrameElement
    ? frame.contentDocument?.querySelector<HTMLVideoElement>("#remoteVideo")?.muted
    : undefined;

test("the inspector filters, stands still, opens a message without its secrets, copies and clears", async ({
  page,
  context,
}) => {
  // What is not named is forbidden, and without leave for a camera a browser hides the addresses of its machine.
  await context.grantPermissions(["clipboard-read", "clipboard-write", "camera", "microphone"]);
  await page.goto("/docs/try");
  await run(page);

  const field = page.getByRole("searchbox", { name: "Filter messages and events" });
  await field.fill("join-room answer");
  await expect(page.getByText(/^2 of \d+ have these words\.$/)).toBeVisible();
  const line = inspector(page).getByRole("button").filter({ hasText: "Noor" });
  await line.press("Enter");
  await expect(inspector(page).getByText('"resumeToken": "•••"')).toBeVisible();
  await expect(line).toHaveAttribute("aria-expanded", "true");

  await page.getByRole("button", { name: "Copy what is listed" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n").map((text) => JSON.parse(text))).toMatchObject(
    ["Noor", "Dana"].map((who) => ({ who, kind: "answer", name: "join-room", body: { ok: true } })),
  );
  expect(copied).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);

  await field.fill("");
  await page.getByRole("radio", { name: "SDK events" }).check({ force: true });
  await expect(linesOf(page, "Noor", "join-room")).toHaveCount(0);
  await page.getByRole("button", { name: "Pause" }).click();
  const before = await inspector(page).getByRole("button").count();
  await page.getByRole("button", { name: "Kill ICE" }).click();
  await expect(page.getByRole("button", { name: /Go on, [1-9]\d* more/ })).toBeVisible();
  expect(await inspector(page).getByRole("button").count()).toBe(before);
  await page.getByRole("button", { name: /Go on/ }).click();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(linesOf(page, "Noor", "joined")).toHaveCount(0);
});

test("the lines are walked by arrow keys, and one of them is on the way of the Tab key", async ({ page }) => {
  await page.goto("/docs/try");
  await run(page);
  await page.getByRole("button", { name: "Pause" }).click();
  const lines = inspector(page).getByRole("button");
  await page.getByRole("button", { name: "Copy what is listed" }).focus();
  await page.keyboard.press("Tab");
  await expect(lines.last()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(lines.nth((await lines.count()) - 3)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(inspector(page).locator(":focus")).toHaveCount(0);
});

test("what is broken is said at both ends, and mends", async ({ page }) => {
  await page.goto("/docs/try");
  await run(page);

  await page.getByRole("radio", { name: "8 s", exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Drop signalling" }).click();
  await expect(page.getByText(/The server is out of reach, attempt \d/)).toBeVisible();
  await expect(page.getByText("Noor lost the server, and has a place for 20 s")).toBeVisible();
  await expect(
    page.getByText(/line to the server was cut\. Both were well again after (?:8|9|1\d)\.\d s\./),
  ).toBeVisible();
  await expectBothWell(page);
  await expect(linesOf(page, "Noor", "resume-room").first()).toBeVisible();

  await page.getByRole("radio", { name: "Dana", exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Kill ICE" }).click();
  await expect(page.getByText("The way to Noor is lost, looking for another")).toBeVisible();
  await expect(page.getByText(/connection was killed\. Both were well again after \d+\.\d s\./)).toBeVisible();
  await expectBothWell(page);

  await lossOf(page, "All").check({ force: true });
  await expect(page.getByText(/nothing arrives · 0 a second/)).toBeVisible({ timeout: 30_000 });
  await lossOf(page, "None").check({ force: true });
  await expect(page.getByText(/nothing arrives/)).toHaveCount(0, { timeout: 30_000 });
  await expectBothWell(page);
});

test("frames go on being lost over a connection that is made anew", async ({ page }) => {
  await page.goto("/docs/try");
  await run(page);
  await lossOf(page, "All").check({ force: true });
  await expect(page.getByText(/nothing arrives/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Kill ICE" }).click();
  await expect(page.getByText(/connection was killed\. Both were well again/)).toBeVisible();
  const [, before = 0] = await picturesShown(page);
  await expect(page.getByText(/nothing arrives · 0 a second/)).toBeVisible({ timeout: 30_000 });
  expect((await picturesShown(page))[1]).toBeLessThanOrEqual(before + 1);
});

test("a camera is shown as it is, and one that is refused is replaced by a drawing that says why", async ({
  page,
  context,
}) => {
  await page.goto("/docs/try");
  await run(page, "Your camera");
  await expect(page.getByText("Sends a drawing and a tone.", { exact: true })).toHaveCount(1);
  await page.getByRole("button", { name: "Stop" }).click();

  await context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
  });
  await page.reload();
  await run(page, "Your camera");
  await expect(page.getByText("The camera was not allowed, so it sends a drawing and a tone.")).toBeVisible();
});

test("an account with a plan runs it in one room of its own, however often", async ({ page, request, somebody }) => {
  const host = await somebody();
  await giveRooms(host, "starter");
  await signIn(page, host, "/docs/try");
  await expect(page.getByText(/counts once against your plan/)).toBeVisible();
  for (let turn = 0; turn < 2; turn += 1) {
    await run(page);
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(page.locator("iframe")).toHaveCount(0);
  }
  const { rooms } = await (await request.get("/api/rooms", { headers: { "x-api-key": host.apiKey } })).json();
  expect(rooms).toMatchObject([{ name: "SDK trial" }]);
});

test("where the server cannot be reached, it says so and tries again", async ({ page, context, complaints }) => {
  await page.goto("/docs/try");
  await page.getByRole("radio", { name: "A drawing" }).check({ force: true });
  await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByText(/^The server cannot be reached\./)).toBeVisible();
  await context.setOffline(false);
  await run(page);
  complaints.length = 0;
});

for (const colorScheme of ["light", "dark"] as const)
  test(`nothing breaks a rule of accessibility while it runs, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/docs/try");
    await run(page);
    await page.getByRole("button", { name: "Pause" }).click();
    // A long one and the last one.
    await inspector(page)
      .getByRole("button", { name: / offer ?, / })
      .first()
      .click();
    await inspector(page).getByRole("button").last().click();
    await expect(inspector(page).locator("pre").last()).toBeInViewport();
    expect(await brokenRules(page)).toEqual([]);
    for (const width of [1_280, 390, 360]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `.data/test/look/try-${colorScheme}-${width}.png`, fullPage: true });
    }
  });
