import { execFile } from "node:child_process";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test";

export { expect };

export const PASSWORD = "quiet-ledger-seven";

export type Somebody = {
  name: string;
  email: string;
  password: string;
  token: string;
  apiKey: string;
  userId: string;
  accountId: string;
};

type Fixtures = {
  /** Registers somebody new over the API. */
  somebody: (name?: string) => Promise<Somebody>;
  /** What pages complained about in the console. A test that expects a complaint removes it. */
  complaints: string[];
  /** Where the server under test is. */
  site: string;
  /** Closes the browsers of whoever else a test called in. A call left open films on through all that follows. */
  visitors: undefined;
};

// A refused request is part of many journeys; the browser itself writes a line about each.
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d|net::ERR_INTERNET_DISCONNECTED/;

let count = 0;

export const test = base.extend<Fixtures>({
  somebody: async ({ request }, use) => {
    await use(async (name = "Robin Vale") => {
      count += 1;
      const email = `robin-${Date.now().toString(36)}-${count}@vale.example`;
      const answer = await request.post("/api/auth/register", { data: { name, email, password: PASSWORD } });
      expect(answer.status(), await answer.text()).toBe(201);
      const made = await answer.json();
      return {
        name,
        email,
        password: PASSWORD,
        token: made.token,
        apiKey: made.apiKey.key,
        userId: made.user.id,
        accountId: made.account.id,
      };
    });
  },

  site: async ({ baseURL }, use) => use(baseURL ?? ""),

  visitors: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use(undefined);
      await Promise.all(
        browser
          .contexts()
          .filter((context) => !before.has(context))
          .map((context) => context.close()),
      );
    },
    { auto: true },
  ],

  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      const listen = (page: Page) => {
        page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
        page.on("console", (message: ConsoleMessage) => {
          const text = message.text();
          const isFault = message.type() === "error" || /Content Security Policy/.test(text);
          if (isFault && !EXPECTED.test(text)) complaints.push(`${page.url()}: ${text}`);
        });
      };
      for (const page of context.pages()) listen(page);
      context.on("page", listen);
      await use(complaints);
      expect(complaints, "pages complained in the console").toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in through the page, as a person does. */
export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string },
  next = "/dashboard",
): Promise<void> {
  await page.goto(next === "/dashboard" ? "/login" : `/login?next=${encodeURIComponent(next)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === new URL(next, "http://x").pathname);
}

/** The link in the newest mail to somebody whose text matches, once it has arrived. */
export async function mailedLink(page: Page, email: string, words: RegExp): Promise<string> {
  let link = "";
  await expect(async () => {
    const list = await (await page.request.get("/local/mailbox")).text();
    const ids = [...new Set([...list.matchAll(/\/local\/mailbox\/(mail_\w+)/g)].map(([, id]) => id))];
    for (const id of ids) {
      const mail = await (await page.request.get(`/local/mailbox/${id}`)).text();
      if (!mail.includes(email) || !words.test(mail)) continue;
      link =
        /href="([^"]*\/(?:verify-email|reset-password|invite)[^"]*)"/.exec(mail)?.[1]?.replaceAll("&amp;", "&") ?? "";
      if (link) return;
    }
    throw new Error(`No mail like ${words} to ${email} yet`);
  }).toPass({ timeout: 15_000 });
  return link;
}

/** Waits until somebody was mailed something under a subject. */
export async function expectMail(page: Page, email: string, subject: string): Promise<void> {
  const mailbox = `/local/mailbox?q=${encodeURIComponent(email)}`;
  await expect(async () => expect(await (await page.request.get(mailbox)).text()).toContain(subject)).toPass();
}

/** Runs a program of the product beside the server under test, on its own data, as an operator would. */
export async function runBeside(source: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", source, ...words], {
    env: { ...process.env, PARLEY_MODE: "local", PARLEY_DATA: ".data/e2e", DATABASE_URL: "", LOG_LEVEL: "warn" },
  });
  return stdout.trim();
}

/** Makes somebody staff, on the command line, which is the only way. Their open logins hear of it. */
export const grantStaff = ({ email }: { email: string }): Promise<string> =>
  runBeside("server/cli/main.ts", "grant-admin", email);

/**
 * What on a page breaks a rule of accessibility, by rule. In one go within the page: collecting every check that holds,
 * in a page of its own, takes minutes on a long one. None of our pages has a frame of a stranger.
 */
export async function brokenRules(page: Page, rules: string[] = []): Promise<string[]> {
  const look = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (rules.length > 0 ? look.withRules(rules) : look).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
}
