import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { APIRequestContext, Page } from "@playwright/test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "./fixtures";

const run = promisify(execFile);

type Language = "curl" | "TypeScript";
type Held = { PARLEY_TOKEN: string; PARLEY_KEY: string };
type Answer = { status: number | "success"; body: Record<string, unknown> };

/** The code a reader would copy: what the page shows, in the language that was picked. */
async function sampleOf(page: Page, anchor: string, language: Language): Promise<string> {
  const call = page.locator(`section[id="${anchor}"]`);
  const tab = call.getByRole("tab", { name: language }).first();
  // A click before the page's script has loaded goes nowhere, so it is repeated until it counts.
  await expect(async () => {
    await tab.click();
    await expect(tab).toHaveAttribute("aria-selected", "true", { timeout: 1_000 });
  }).toPass();
  return (await call.getByRole("tabpanel").first().textContent()) ?? "";
}

/** In a shell, as pasted; only the status is asked for besides. */
async function runCurl(source: string, held: Held): Promise<Answer> {
  const { stdout } = await run("bash", ["-c", source.replace(/^curl /, `curl -sS -w '\\n%{http_code}' `)], {
    env: { ...process.env, ...held },
  });
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end + 1)), body: JSON.parse(stdout.slice(0, end)) };
}

/** As a file of its own. The example itself throws when the answer is a refusal. */
async function runTypeScript(source: string, held: Held): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "example-"));
  const file = join(folder, "example.mts");
  try {
    writeFileSync(file, source.replace("console.log(answer)", "console.log(JSON.stringify(answer))"));
    const { stdout } = await run(process.execPath, ["--experimental-strip-types", "--no-warnings", file], {
      env: { ...process.env, ...held },
    });
    return { status: "success", body: JSON.parse(stdout) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const runners = { curl: runCurl, TypeScript: runTypeScript };

/** Says of an answer whether it is what the document promises. */
async function documentedAnswers(request: APIRequestContext) {
  const document = await (await request.get("/api/openapi.json")).json();
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return (method: string, path: string, { status, body }: Answer) => {
    const { responses } = document.paths[path][method];
    const documented = Object.keys(responses).find((one) => one.startsWith("2")) ?? "";
    if (status !== "success") expect(String(status), JSON.stringify(body)).toBe(documented);
    const { $ref } = responses[documented].content["application/json"].schema;
    const validate = ajv.compile(document.components.schemas[$ref.split("/").at(-1)]);
    expect(validate(body), `${method} ${path}: ${ajv.errorsText(validate.errors)}`).toBe(true);
  };
}

for (const language of ["curl", "TypeScript"] as const) {
  test(`the ${language} examples run as they stand, from opening an account to revoking a key`, async ({
    page,
    request,
  }) => {
    test.setTimeout(240_000);
    const isAsDocumented = await documentedAnswers(request);
    const email = `docs-${language.toLowerCase()}-${Date.now().toString(36)}@example.com`;
    const held: Held = { PARLEY_TOKEN: "", PARLEY_KEY: "" };
    await page.goto("/docs");

    const call = async (anchor: string, method: string, path: string, changes: Record<string, string> = {}) => {
      let source = await sampleOf(page, anchor, language);
      for (const [from, to] of Object.entries({ "dana@example.com": email, ...changes }))
        source = source.replaceAll(from, to);
      const answer = await runners[language](source, held);
      isAsDocumented(method, path, answer);
      return answer.body;
    };

    const registered = await call("post-auth-register", "post", "/api/auth/register");
    expect(registered).toMatchObject({ user: { email }, apiKey: { key: expect.stringMatching(/^mk_/) } });

    const signedIn = await call("post-auth-login", "post", "/api/auth/login");
    held.PARLEY_TOKEN = String(signedIn.token);
    expect(await call("get-auth-profile", "get", "/api/auth/profile")).toMatchObject({ user: { email } });
    await call("patch-auth-profile", "patch", "/api/auth/profile");

    const created = (await call("post-keys", "post", "/api/keys")) as { id: string; apiKey: { key: string } };
    held.PARLEY_KEY = created.apiKey.key;
    expect(await call("get-keys-current", "get", "/api/keys/current")).toMatchObject({ id: created.id });
    expect((await call("get-keys", "get", "/api/keys")).apiKeys).toHaveLength(2);

    const example = /key_[0-9a-z]{26}/.exec(await sampleOf(page, "delete-keys-id", language))?.[0] ?? "";
    const mine = { [example]: created.id };
    expect(await call("patch-keys-id", "patch", "/api/keys/{id}", mine)).toMatchObject({
      id: created.id,
      state: "live",
    });
    expect(await call("delete-keys-id", "delete", "/api/keys/{id}", mine)).toMatchObject({
      id: created.id,
      state: "revoked",
    });
    expect((await request.get("/api/keys/current", { headers: { "X-API-Key": held.PARLEY_KEY } })).status()).toBe(401);
  });
}

test("a call is found by typing, and everything comes back", async ({ page }) => {
  await page.goto("/docs");
  const field = page.getByRole("searchbox", { name: "Filter by word, address or field" });
  await expect(field).toBeEditable();
  await field.fill("compromised");
  await expect(page.getByRole("heading", { name: "Replace an API key by a new one" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Open an account" })).toBeHidden();
  await expect(page.getByText("1 found")).toBeVisible();

  await field.fill("no such thing");
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(page.getByRole("heading", { name: "Open an account" })).toBeVisible();
});

test("one choice of language holds for the whole page", async ({ page }) => {
  await page.goto("/docs#get-keys");
  await sampleOf(page, "get-keys", "TypeScript");
  await expect(page.locator("section#post-keys").getByRole("tab", { name: "TypeScript" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
});

test("an address with an anchor opens at its call, and the contents say so", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const [anchor, title] of [
    ["keys", "Keys and sign-in"],
    ["delete-keys-id", "Revoke an API key"],
  ] as const) {
    await page.goto(`/docs#${anchor}`);
    await expect(page.getByRole("heading", { name: title })).toBeInViewport();
    const line = page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: title });
    await expect(line).toHaveAttribute("aria-current", "location");
    await expect(line).toBeInViewport();
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });

  test("the contents open from the bar, lead to a call, and close", async ({ page }) => {
    await page.goto("/docs");
    await page.getByRole("button", { name: "Contents" }).click();
    const panel = page.getByRole("dialog", { name: "Contents" });
    await panel.getByRole("searchbox").fill("revoke key");
    await panel.getByRole("link", { name: "Revoke an API key" }).click();
    await expect(panel).toBeHidden();
    await expect(page.getByRole("heading", { name: "Revoke an API key" })).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
