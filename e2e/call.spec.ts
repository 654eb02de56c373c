import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { hours } from "../lib/time";
import { aLink, another, controls, guestInside, host, isInside, join, sees, tile } from "./call";
import { expect, type Somebody, test } from "./fixtures";

test.setTimeout(150_000);

const press = (page: Page, name: string | RegExp) => controls(page).getByRole("button", { name, exact: true }).click();

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

async function openPanel(page: Page, name: "Chat" | "People"): Promise<void> {
  await controls(page)
    .getByRole("button", { name: new RegExp(`^${name}(,|$)`) })
    .click();
  await expect(page.getByRole("complementary", { name: "Side panel" })).toBeVisible();
}

/** A host and a guest in a room that was made for them. */
async function twoInside(page: Page, browser: Parameters<typeof another>[0], person: Somebody, more: object = {}) {
  const room = await host(page, person, more);
  await join(page);
  await isInside(page);
  const link = await aLink(page, person, room);
  const guest = await guestInside(browser, link, "Noor");
  await expect(tile(page, "Noor")).toBeVisible();
  return { room, link, guest };
}

test.use({ reducedMotion: "reduce", permissions: ["camera", "microphone"] });

test("two people see each other, and each sees what the other turns off and on", async ({
  page,
  browser,
  somebody,
}) => {
  const person = await somebody("Dana Reyes");
  const room = await host(page, person);
  await expect(heading(page, "Weekly review")).toBeVisible();
  await expectAccessible(page);
  await join(page);
  await isInside(page);
  await expect(page.getByText("You are the first one here.")).toBeVisible();
  await expectAccessible(page);

  const guest = await guestInside(browser, await aLink(page, person, room), "Noor");
  await Promise.all([sees(page, "Noor"), sees(guest, "Dana Reyes")]);
  await expectAccessible(page);

  await press(page, "Microphone, on");
  await expect(tile(guest, "Dana Reyes")).toHaveAccessibleName(/microphone off/);
  await press(page, "Microphone, off");
  await expect(tile(guest, "Dana Reyes")).toHaveAccessibleName(/microphone on/);
  await press(page, "Camera, on");
  await expect(tile(guest, "Dana Reyes").locator("video")).toHaveCount(0);
  await press(page, "Camera, off");
  await sees(guest, "Dana Reyes");
});

test("whoever talks on with the microphone off is told so, and heard again at one press", async ({
  page,
  somebody,
}) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const context = new AudioContext();
      const voice = context.createOscillator();
      const out = context.createMediaStreamDestination();
      voice.connect(out);
      voice.start();
      return out.stream;
    };
  });
  await host(page, await somebody("Dana Reyes"), { type: "voice" });
  await join(page);
  await isInside(page);
  await press(page, "Microphone, on");
  await expect(page.getByText("You are talking, and your microphone is off.")).toBeVisible();
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(controls(page).getByRole("button", { name: "Microphone, on" })).toBeVisible();
});

test("what somebody writes, raises and throws reaches the other", async ({ page, browser, somebody }) => {
  const { guest } = await twoInside(page, browser, await somebody("Dana Reyes"));

  await openPanel(guest, "Chat");
  await guest.getByLabel("Write to everybody").fill("Is <b>this</b> on? https://example.com/notes");
  await guest.keyboard.press("Enter");
  await expect(controls(page).getByRole("button", { name: "Chat, 1 new" })).toBeVisible();
  await openPanel(page, "Chat");
  const log = page.getByRole("log", { name: "Messages" });
  await expect(log).toContainText("Is <b>this</b> on?");
  await expect(log.getByRole("link")).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete the message of Noor" }).click();
  await expect(guest.getByRole("log", { name: "Messages" })).not.toContainText("Is");

  await press(guest, "Raise your hand");
  await expect(tile(page, "Noor")).toHaveAccessibleName(/hand raised/);
  await press(guest, "Lower your hand");
  await expect(tile(page, "Noor")).not.toHaveAccessibleName(/hand raised/);

  await press(guest, "React");
  await guest.getByRole("menuitem", { name: "🎉" }).click();
  await expect(page.getByText("🎉")).toBeVisible();
});

test("a host mutes, locks and removes, and everybody is told what happened to them", async ({
  page,
  browser,
  somebody,
}) => {
  const { guest, link } = await twoInside(page, browser, await somebody("Dana Reyes"));

  await openPanel(page, "People");
  await expectAccessible(page);
  await page.getByRole("button", { name: "More for Noor" }).click();
  await page.getByRole("menuitem", { name: "Mute" }).click();
  await expect(guest.getByText("Your microphone was turned off by the host.")).toBeVisible();
  await expect(controls(guest).getByRole("button", { name: "Microphone, off" })).toBeVisible();

  await page.getByLabel("Lock the room").check();
  const late = await (await another(browser)).newPage();
  await late.goto(link);
  await join(late, "Ilse");
  await expect(heading(late, "The room is locked.")).toBeVisible();
  await expectAccessible(late);

  await page.getByRole("button", { name: "More for Noor" }).click();
  await page.getByRole("menuitem", { name: "Remove", exact: true }).click();
  await expect(heading(guest, "You were removed from the call.")).toBeVisible();
  await expect(tile(page, "Noor")).toHaveCount(0);

  await page.getByLabel("Lock the room").uncheck();
  await late.getByRole("button", { name: "Try again" }).click();
  await join(late, "Ilse");
  await isInside(late);
});

test("a guest waits at the door until somebody lets them in or turns them away", async ({
  page,
  browser,
  somebody,
}) => {
  const person = await somebody("Dana Reyes");
  const room = await host(page, person, { waitingRoom: true });
  const link = await aLink(page, person, room);
  await join(page);
  await isInside(page);

  const guest = await (await another(browser)).newPage();
  await guest.goto(link);
  await join(guest, "Noor");
  await expect(heading(guest, "Somebody inside knows that you are here.")).toBeVisible();
  await expectAccessible(guest);
  await page.getByRole("button", { name: "Turn away Noor" }).click();
  await expect(heading(guest, "Nobody let you in this time.")).toBeVisible();

  await guest.getByRole("button", { name: "Try again" }).click();
  await join(guest, "Noor");
  await page.getByRole("button", { name: "Let in Noor" }).click();
  await isInside(guest);
  await sees(page, "Noor");
});

test("a link for one person lets one in, and them again after a reload, and nobody else", async ({
  page,
  browser,
  somebody,
}) => {
  const person = await somebody("Dana Reyes");
  const room = await host(page, person);
  const link = await aLink(page, person, room, { oneTime: true, role: "listener" });
  await join(page);
  await isInside(page);

  const guest = await guestInside(browser, link, "Noor");
  await expect(tile(page, "Noor")).toHaveAccessibleName(/microphone off, camera off/);
  await expect(controls(guest).getByRole("button", { name: /Microphone/ })).toHaveCount(0);

  const other = await (await another(browser)).newPage();
  await other.goto(link);
  await expect(heading(other, "This link is used up.")).toBeVisible();
  await expectAccessible(other);

  await guest.reload();
  await isInside(guest);
  await expect(tile(page, "Noor")).toHaveCount(1);
});

test("a guest by a link for one person comes back after a reload when the token of the link has long run out", async ({
  page,
  browser,
  somebody,
}) => {
  const person = await somebody("Dana Reyes");
  const room = await host(page, person);
  const link = await aLink(page, person, room, { oneTime: true });
  await join(page);
  await isInside(page);
  const guest = await guestInside(browser, link, "Noor");

  await guest.addInitScript((aheadMs) => {
    const now = Date.now;
    Date.now = () => now() + aheadMs;
  }, hours(1));
  await guest.reload();
  await isInside(guest);
  await sees(page, "Noor");
  await expect(tile(page, "Noor")).toHaveCount(1);
});

test("a reload comes back into the call, with one tile for each person", async ({ page, browser, somebody }) => {
  const { guest } = await twoInside(page, browser, await somebody("Dana Reyes"));
  await sees(page, "Noor");
  await guest.reload();
  await isInside(guest);
  await sees(guest, "Dana Reyes");
  await sees(page, "Noor");
  await expect(tile(page, "Noor")).toHaveCount(1);
  await page.reload();
  await isInside(page);
  await sees(page, "Noor");
  await expect(tile(guest, "Dana Reyes")).toHaveCount(1);
});

test("whoever goes to another page is gone at once, with no place kept", async ({ page, browser, somebody }) => {
  const { guest } = await twoInside(page, browser, await somebody("Dana Reyes"));
  await guest.goto("/pricing");
  // A place whose line broke is kept for thirty seconds.
  await expect(tile(page, "Noor")).toHaveCount(0, { timeout: 15_000 });
});

test("a host who leaves leaves the others talking; ending and deleting end it for everybody", async ({
  page,
  browser,
  somebody,
}) => {
  const person = await somebody("Dana Reyes");
  const { guest, room } = await twoInside(page, browser, person);
  await press(page, "Leave the call");
  await expect(heading(page, "You left the call.")).toBeVisible();
  await expectAccessible(page);
  await expect(tile(guest, "Dana Reyes")).toHaveCount(0);
  await isInside(guest);

  await page.getByRole("button", { name: "Join again" }).click();
  await join(page);
  await isInside(page);
  await expect(tile(guest, "Dana Reyes")).toHaveCount(1);
  await openPanel(page, "People");
  await page.getByRole("button", { name: "End for everybody" }).click();
  await page.getByRole("button", { name: "End the call" }).click();
  await expect(heading(guest, "The host ended the call.")).toBeVisible();

  await guest.getByRole("button", { name: "Join again" }).click();
  await join(guest);
  await isInside(guest);
  const gone = await page.request.delete(`/api/rooms/${room.id}`, {
    headers: { authorization: `Bearer ${person.token}` },
  });
  expect(gone.ok()).toBe(true);
  await expect(heading(guest, "This room was deleted.")).toBeVisible();
});

test("the same call in another tab asks first, and the tab before says where it went", async ({ page, somebody }) => {
  const room = await host(page, await somebody("Dana Reyes"));
  await join(page);
  await isInside(page);
  const second = await page.context().newPage();
  await second.goto(room.path);
  await join(second);
  await expect(heading(second, "This call is open on another device.")).toBeVisible();
  await second.getByRole("button", { name: "Bring it here" }).click();
  await isInside(second);
  await expect(heading(page, "This call is open on another device.")).toBeVisible();
  await expectAccessible(page);
});

test("whoever's camera is denied is told how to allow it, and joins without", async ({ page, browser, somebody }) => {
  const person = await somebody("Dana Reyes");
  const room = await host(page, person);
  await join(page);
  await isInside(page);

  const context = await another(browser, []);
  await context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
  });
  const guest = await context.newPage();
  await guest.goto(await aLink(page, person, room));
  await guest.getByRole("button", { name: "Camera, off" }).click();
  await expect(guest.getByText("Your camera is not allowed on this page.")).toBeVisible();
  await expectAccessible(guest);
  await join(guest, "Noor");
  await isInside(guest);
  await expect(tile(page, "Noor")).toHaveAccessibleName(/microphone off, camera off/);
  await sees(guest, "Dana Reyes");
});

test("without a link and with a spent one the page says what to do", async ({ page, browser, somebody }) => {
  const person = await somebody("Dana Reyes");
  const room = await host(page, person);
  const stranger = await (await another(browser)).newPage();
  await stranger.goto(room.path);
  await expect(heading(stranger, "This room needs a link.")).toBeVisible();
  await expectAccessible(stranger);
  await stranger.goto(`${room.path}#link=${"x".repeat(32)}`);
  await stranger.reload();
  await expect(heading(stranger, "This link is used up.")).toBeVisible();
  await stranger.close();
});

test("a whole call goes by keyboard alone", async ({ page, browser, somebody }) => {
  const { guest } = await twoInside(page, browser, await somebody("Dana Reyes"));

  await page.keyboard.press("Control+d");
  await expect(tile(guest, "Dana Reyes")).toHaveAccessibleName(/microphone off/);
  await page.keyboard.down("v");
  await expect(tile(guest, "Dana Reyes")).toHaveAccessibleName(/microphone on/);
  await page.keyboard.up("v");
  await expect(tile(guest, "Dana Reyes")).toHaveAccessibleName(/microphone off/);
  await page.keyboard.press("Control+e");
  await expect(tile(guest, "Dana Reyes")).toHaveAccessibleName(/camera off/);

  await page.keyboard.press("F2");
  await expect(controls(page).getByRole("button", { name: "Microphone, off" })).toBeFocused();
  const chat = controls(page).getByRole("button", { name: "Chat" });
  await tabTo(page, chat);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Write to everybody")).toBeFocused();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Enter");
  await expect(controls(guest).getByRole("button", { name: "Chat, 1 new" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(chat).toBeFocused();

  await page.keyboard.press("Control+/");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.getByLabel("Use them").press("Space");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+e");
  await expect(tile(guest, "Dana Reyes")).toHaveAccessibleName(/camera off/);

  await tabTo(page, controls(page).getByRole("button", { name: "Leave the call" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "You left the call.")).toBeFocused();
});

async function tabTo(page: Page, wanted: ReturnType<Page["getByRole"]>): Promise<void> {
  for (let step = 0; step < 25; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(wanted).toBeFocused();
}
