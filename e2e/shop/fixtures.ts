import type { FrameLocator, Locator, Page } from "@playwright/test";
import { test as base, expect } from "../fixtures";
import { openShop, type Shop } from "./shop";

export { expect };

export const test = base.extend<object, { shop: Shop }>({
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from here.
    async ({}, use) => {
      const shop = await openShop();
      await use(shop);
      await shop.stop();
    },
    { scope: "worker" },
  ],
});

export const fields = (page: Page): FrameLocator => page.frameLocator('iframe[title="Secure payment input frame"]');
export const bank = (page: Page): FrameLocator => page.frameLocator('iframe[title="3-D Secure challenge"]');

type Card = { number: string; expiry?: string; cvc?: string; zip?: string };

export async function typeCard(page: Page, { number, expiry = "12 / 34", cvc = "123", zip }: Card): Promise<void> {
  const frame = fields(page);
  await frame.getByLabel("Card number").fill(number);
  await frame.getByLabel("Expiration date").fill(expiry);
  await frame.getByLabel("Security code").fill(cvc);
  if (zip !== undefined) await frame.getByLabel("ZIP code").fill(zip);
}

/**
 * Clicks what stands beside a frame or in one. The browser learns where a frame is from what it last drew, so a click
 * right behind a scroll, a new line of text or a frame that has just opened can still land elsewhere. One that was not
 * heard where it was meant for was not made, and is made again.
 */
export async function clickAtRest(target: Locator): Promise<void> {
  await expect(async () => {
    await target.scrollIntoViewIfNeeded();
    const element = await target.elementHandle();
    await element?.evaluate(async (element) => {
      element.removeAttribute("data-heard");
      element.addEventListener("click", () => element.setAttribute("data-heard", ""), { once: true, capture: true });
      for (let drawn = 0; drawn < 4; drawn += 1) await new Promise(requestAnimationFrame);
    });
    await element?.click();
    // What has left with its frame has been heard: nothing else takes it away.
    const wasHeard = await element?.evaluate((element) => element.hasAttribute("data-heard")).catch(() => true);
    expect(wasHeard).toBe(true);
  }).toPass();
}

export const anIntent = ({ stripe }: Shop, more: object = {}) =>
  stripe.paymentIntents.create({
    ...{ amount: 2_499, currency: "usd", automatic_payment_methods: { enabled: true } },
    ...more,
  });

/** Presses the button and says what Stripe.js answered. */
export async function press(page: Page, name = "Pay"): Promise<Result> {
  const before = await page.evaluate(() => window.shop.results.length);
  await clickAtRest(page.getByRole("button", { name, exact: true }));
  return answerAfter(page, before);
}

export async function answerAfter(page: Page, before: number): Promise<Result> {
  await page.waitForFunction((count) => window.shop.results.length > count, before);
  return page.evaluate(() => window.shop.results.at(-1)) as Promise<Result>; // the page puts Stripe.js's results there
}

export type Result = {
  paymentIntent?: { id: string; status: string };
  setupIntent?: { id: string; status: string };
  confirmationToken?: { id: string };
  error?: { type: string; code?: string; decline_code?: string; message: string; payment_intent?: { status: string } };
  thrown?: string;
};

export const said = (page: Page, words: string): Locator => page.getByText(words, { exact: false });
