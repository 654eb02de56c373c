import { expect, signIn, test } from "./fixtures";
import { clickAtRest, typeCard } from "./shop/fixtures";

test("money is added, has a receipt that proves itself, and a card and a limit are kept", async ({
  page,
  somebody,
}) => {
  test.setTimeout(120_000);
  await signIn(page, await somebody(), "/wallet");
  await expect(page.getByText("Nothing moved yet.")).toBeVisible();

  await page.getByRole("button", { name: "Add money" }).first().click();
  await page.getByText("Other").click();
  await page.getByLabel("Amount in dollars").fill("4");
  await page.getByRole("button", { name: "Go on to pay" }).click();
  await expect(page.getByText("Fill the wallet with $5.00 to $1,000.00")).toBeVisible();
  await page.getByText("$25", { exact: true }).click();
  await page.getByRole("button", { name: "Go on to pay" }).click();
  await expect(page.getByRole("button", { name: "Pay $25.00" })).toBeEnabled();
  await typeCard(page, { number: "4242424242424242" });
  await clickAtRest(page.getByRole("button", { name: "Pay $25.00" }));
  await expect(page.getByText("$25.00 paid.")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("region", { name: "Balance" })).toContainText("$25.00");
  await expect(page.getByText("Nothing moved yet.")).toHaveCount(0);

  await page.getByRole("button", { name: "Add a card" }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true }).last()).toBeEnabled();
  await typeCard(page, { number: "4242424242424242" });
  await clickAtRest(page.getByRole("dialog").getByRole("button", { name: "Save" }));
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("table", { name: "Saved cards" })).toContainText("Visa ending 4242");

  await page.getByLabel("In 24 hours at most").fill("ten");
  await page.getByRole("button", { name: "Set limits" }).click();
  await expect(page.getByText("Send an amount in dollars")).toBeVisible();
  await page.getByLabel("In 24 hours at most").fill("40");
  await page.getByRole("button", { name: "Set limits" }).click();
  await expect(page.getByText("The limits are set", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("Below $10.00 your default card adds $25.00.")).toBeVisible();

  await page.getByLabel("Words or an id").fill("roses");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect(page.getByText("Nothing like that.")).toBeVisible();
  await page.getByRole("link", { name: "Show everything" }).click();
  await page.getByRole("link", { name: "Wallet top-up" }).click();
  await expect(page.getByRole("heading", { name: "You put $25.00 into your wallet." })).toBeVisible();
  await expect(page.getByText("The sum is right.")).toBeVisible();
  await expect(async () => {
    await page.getByRole("button", { name: "Verify again" }).click();
    await expect(page.getByText("Nothing was changed since.")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const href = (await page.getByRole("link", { name: "PDF" }).getAttribute("href")) ?? "";
  const [one, two] = [await page.request.get(href), await page.request.get(href)];
  expect(one.headers()["content-type"]).toBe("application/pdf");
  expect((await one.body()).subarray(0, 5).toString()).toBe("%PDF-");
  expect((await one.body()).equals(await two.body())).toBe(true);
});
