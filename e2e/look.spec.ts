import { mkdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { brokenRules, expect, grantStaff, runBeside, type Somebody, signIn, test } from "./fixtures";

/** Pictures of the last run, to be looked at. */
const PICTURES = ".data/test/look";

const OPEN = [
  "/",
  "/pricing",
  "/docs",
  "/docs/try",
  "/login",
  "/register",
  "/forgot-password",
  "/nothing-here",
  "/local/mailbox",
];
const SETTINGS = ["", "/password", "/logins", "/mail", "/members", "/branding", "/danger"].map(
  (tab) => `/dashboard/settings${tab}`,
);
const SIGNED_IN = [
  "/dashboard",
  "/dashboard/billing",
  "/dashboard/keys",
  "/dashboard/webhooks",
  "/dashboard/rooms",
  "/support",
  "/credits",
  "/wallet",
  ...SETTINGS,
  "/dashboard/nothing-here",
];

/** What only staff sees, with something in it to see. */
async function staffPages(person: Somebody): Promise<string[]> {
  if (process.env.E2E_URL) return [];
  await grantStaff(person);
  const used = await runBeside("e2e/move-value.ts", person.accountId);
  const drill = [`transfers/${used}`, "pots/deferred", "pots/credits", `pots/credits/${person.accountId}`];
  const books = ["", ...drill, `accounts/${person.accountId}`, "search?q=journey", "nowhere"].map(
    (path) => `/admin/books/${path}`,
  );
  return [...books, "/admin/payments", "/admin/inbox", "/admin/support", `/receipts/${used}`];
}

const WIDTHS = { desktop: { width: 1_440, height: 1_000 }, phone: { width: 390, height: 844 } } as const;
/** So long that each look takes a quarter of a minute. Its colours are the same on a phone, whose look is left out in the dark. */
const LONG = "/docs";
const EXTREMES = [360, 1_920];

/** What changes with the theme alone: the page is the same, and only its colours are not. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

test.use({ reducedMotion: "reduce" });

test("no page breaks a rule of accessibility or runs over its edge, light or dark, on a desk or a phone", async ({
  page,
  somebody,
}) => {
  // Where it hangs: it loads every page there is.
  test.setTimeout(900_000);
  mkdirSync(PICTURES, { recursive: true });
  for (const path of OPEN) await inspect(page, path);
  const person = await somebody("Donaudampfschifffahrtsgesellschaftskapitän Müller-Lüdenscheidt");
  const staffed = await staffPages(person);
  await signIn(page, person);
  for (const path of [...SIGNED_IN, ...staffed]) await inspect(page, path);
});

test("the palette finds pages and people's accounts by keyboard alone", async ({ page, somebody }) => {
  await signIn(page, await somebody());
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Find anything" })).toBeVisible();
  await page.keyboard.type("members");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/settings\/members/);

  await page.keyboard.press("Control+/");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

/** Loads a page once, and looks at it in every size and theme. */
async function inspect(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDTHS.desktop);
  await page.goto(path);
  // What stands in while a page loads has no heading yet.
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  for (const [size, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport);
    for (const theme of ["light", "dark"] as const) {
      if (path === LONG && size === "phone" && theme === "dark") continue;
      await page.emulateMedia({ colorScheme: theme });
      const where = `${path}, ${theme}, ${size}`;
      await fits(page, where);
      expect(await brokenRules(page, theme === "light" ? [] : OF_COLOURS), where).toEqual([]);
      await page.screenshot({ path: pictureOf(path, `${theme}-${size}`), fullPage: true });
    }
  }
  for (const width of EXTREMES) {
    await page.setViewportSize({ width, height: 800 });
    await fits(page, `${path}, ${width} px`);
  }
}

const pictureOf = (path: string, look: string): string =>
  `${PICTURES}/${look}${path.replace(/_[0-9a-z]{26}|\?.*/g, "").replaceAll("/", "_")}.png`;

async function fits(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${where} is wider than the window`).toBe(0);
}
