// needs: processes
import { createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { isOpen, launch, newDataDir, processesOf, startServer } from "./testing/processes";

vi.setConfig({ testTimeout: 60_000 });

/** Somebody else's program on a port. Where one is there already it waits, and takes over when that one goes. */
async function occupy(port: number): Promise<number> {
  const other = createServer();
  let again: NodeJS.Timeout | undefined;
  const listen = () => other.listen(port, "127.0.0.1");
  other.on("error", () => {
    again = setTimeout(listen, 20);
  });
  onTestFinished(() => {
    clearTimeout(again);
    other.close();
  });
  listen();
  await vi.waitFor(async () => expect(other.listening || (port !== 0 && (await isOpen(port)))).toBe(true));
  const address = other.address();
  return typeof address === "object" && address ? address.port : port;
}

const lines = (text: string) => text.split("\n").filter((line) => line.trim() !== "");

test("a port that was asked for and is taken is named in one line, with the next one", async () => {
  const dataDir = newDataDir();
  const port = await occupy(0);
  const { code, output } = await launch({ PARLEY_DATA: dataDir, PORT: String(port) }).ended;
  expect(code).toBe(1);
  expect(lines(output)).toEqual([`Port ${port} is taken. Start with another one: PORT=${port + 1} npm start`]);
  await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), { timeout: 15_000 });
});

test("a port that nobody asked for gives way to the next free one, and the greeting says so", async () => {
  await occupy(3000);
  const { port, output, url } = await startServer(newDataDir(), { PORT: "" });
  expect(port).toBeGreaterThan(3000);
  expect(output()).toContain(`Port 3000 is taken, so this is on ${port}.`);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(lines(output()).at(-1)).toBe(`Parley is ready at http://localhost:${port}`);
});

const SECRET = "s0me-real-l00king-secret-of-the-operator";
const FIT = {
  PARLEY_MODE: "production",
  PUBLIC_URL: "https://parley.test",
  DATABASE_URL: `postgres://parley:${SECRET}@127.0.0.1:1/parley`,
  JWT_SECRET: `${SECRET}-one`,
  NEXTAUTH_SECRET: `${SECRET}-two`,
  SMTP_URL: "smtp://mail.test",
  METRICS_TOKEN: `${SECRET}-three`,
};

test("production refuses to start without what it needs, names all of it at once and prints no value", async () => {
  const { code, output } = await launch({
    ...FIT,
    PARLEY_DATA: newDataDir(),
    DATABASE_URL: "",
    JWT_SECRET: `your-super-secret-jwt-key-${SECRET}`,
    NEXTAUTH_SECRET: "short-s3cret",
    SMTP_URL: "",
    STRIPE_SECRET_KEY: "sk_test_your_stripe_key",
    PORT: "no-p0rt",
  }).ended;
  expect(code).toBe(1);
  expect(lines(output)[0]).toBe("Parley does not start in production like this:");
  const named = lines(output)
    .slice(1)
    .map((line) => line.trim().split(":")[0]);
  expect(named.sort()).toEqual([
    "DATABASE_URL",
    "JWT_SECRET",
    "NEXTAUTH_SECRET",
    "PORT",
    "SMTP_URL",
    "STRIPE_SECRET_KEY",
  ]);
  expect(output).not.toMatch(/s0me-real|short-s3cret|sk_test_your|no-p0rt|super-secret/);
});

test("a database that cannot be reached is said in one line, without its password", async () => {
  const { code, output } = await launch({ ...FIT, PARLEY_DATA: newDataDir() }).ended;
  expect(code).toBe(1);
  expect(output).not.toContain(SECRET);
  const said = lines(output).filter((line) => !line.startsWith("{"));
  expect(said).toEqual(["The database at 127.0.0.1:1 cannot be reached."]);
});
