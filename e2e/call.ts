import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { runBeside, type Somebody, signIn } from "./fixtures";

/** Lets an account use rooms. The one place that knows how a journey gets its plan. */
export const giveRooms = ({ email }: Pick<Somebody, "email">): Promise<string> =>
  runBeside("server/cli/main.ts", "grant-rooms", email, "professional");

export type RoomMade = { id: string; path: string };

/** Opens a room over the API, as a program of the account would. */
export async function aRoom(page: Page, { token }: Somebody, more: object = {}): Promise<RoomMade> {
  const answer = await page.request.post("/api/rooms", {
    headers: { authorization: `Bearer ${token}` },
    data: { name: "Weekly review", ...more },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { id } = await answer.json();
  return { id, path: `/call/${id}` };
}

/** The address by which guests come in. */
export async function aLink(page: Page, { token }: Somebody, room: RoomMade, more: object = {}): Promise<string> {
  const answer = await page.request.post(`/api/rooms/${room.id}/links`, {
    headers: { authorization: `Bearer ${token}` },
    data: more,
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { url } = await answer.json();
  return room.path + new URL(url).hash;
}

/** A browser of somebody else, with camera and microphone as they allow. */
export async function another(browser: Browser, permissions = ["camera", "microphone"]): Promise<BrowserContext> {
  const context = await browser.newContext({ permissions, reducedMotion: "reduce" });
  return context;
}

/** Somebody with a plan and a room, signed in on the page. */
export async function host(page: Page, person: Somebody, more: object = {}): Promise<RoomMade> {
  await page.context().grantPermissions(["camera", "microphone"]);
  await giveRooms(person);
  const room = await aRoom(page, person, more);
  await signIn(page, person, room.path);
  return room;
}

export async function join(page: Page, name?: string): Promise<void> {
  if (name !== undefined) await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join", exact: true }).click();
}

export const controls = (page: Page) => page.getByRole("toolbar", { name: "Call controls" });

export async function isInside(page: Page): Promise<void> {
  await expect(controls(page)).toBeVisible({ timeout: 30_000 });
}

/** A guest's own browser, inside the room. */
export async function guestInside(browser: Browser, address: string, name: string): Promise<Page> {
  const page = await (await another(browser)).newPage();
  await page.goto(address);
  await join(page, name);
  await isInside(page);
  return page;
}

/** One person's tile, by the name that they go by. */
export const tile = (page: Page, name: string) => page.getByRole("listitem", { name: new RegExp(`^${name},`) });

const framesOf = (page: Page, name: string): Promise<number> =>
  tile(page, name)
    .locator("video")
    .first()
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames)
    .catch(() => 0);

/** Their picture arrives and goes on arriving. */
export async function sees(page: Page, name: string): Promise<void> {
  await expect(tile(page, name).locator("video")).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => framesOf(page, name), { timeout: 30_000 }).toBeGreaterThan(5);
  const before = await framesOf(page, name);
  await expect.poll(() => framesOf(page, name), { timeout: 30_000 }).toBeGreaterThan(before + 5);
}
