import { expect, grantStaff, runBeside, signIn, test } from "./fixtures";

test.skip(Boolean(process.env.E2E_URL), "staff is granted on the machine that runs the server");

test("the books do not exist for anybody but staff", async ({ page, somebody }) => {
  await page.goto("/admin/books");
  await expect(page).toHaveURL(/\/login/);
  await signIn(page, await somebody());
  await expect(page.getByRole("link", { name: "Books" })).toHaveCount(0);
  for (const path of ["/admin", "/admin/books", "/admin/books/pots/deferred", "/admin/nothing"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page.");
  }
});

test("staff sees that the books hold, and drills from a total to the lots and the proof of one transfer", async ({
  page,
  somebody,
}) => {
  test.setTimeout(90_000);
  const person = await somebody("Ines Kraft");
  await grantStaff(person);
  const used = await runBeside("e2e/move-value.ts", person.accountId);
  await signIn(page, person);

  await page.getByRole("link", { name: "Books" }).click();
  await expect(page).toHaveTitle("Books · Staff · Parley");
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The books hold." }).first()).toBeVisible();
  const promises = page.getByRole("table", { name: "Promises of the books" });
  await expect(promises.getByText("Broken")).toHaveCount(0);
  await expect(promises.getByText("Holds")).not.toHaveCount(0);
  await expect(page.getByRole("table", { name: "Dollars" }).getByText("Both sides alike")).toBeVisible();

  await page
    .getByRole("table", { name: "Dollars" })
    .getByRole("link", { name: "Earned by credits that were used" })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Earned by credits that were used");
  await page.getByRole("link", { name: used }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("credits.spent");
  const legs = page.getByRole("table", { name: "Legs" });
  await expect(legs.getByRole("row", { name: /Credits of Ines Kraft \u221225 45/ })).toBeVisible();
  await expect(legs.getByRole("row", { name: /Earned by credits that were used \+\$0\.999/ })).toBeVisible();
  await expect(page.getByText("A bonus lot")).toBeVisible();
  await expect(page.getByText("A paid lot")).toBeVisible();
  await expect(page.getByText(/^[0-9a-f]{64}$/)).toHaveCount(2);

  await legs.getByRole("link", { name: "Ines Kraft" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ines Kraft");
  await page.getByRole("table", { name: "Pots" }).getByRole("link", { name: "Credits" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Credits");
  await expect(
    page.getByRole("table", { name: "Entries" }).getByRole("row", { name: /credits\.bought/ }),
  ).toContainText("+60");

  await page.getByRole("searchbox").fill(`journey:${person.accountId}`);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("table", { name: "Transfers that were found" }).getByRole("row")).toHaveCount(3);
});
