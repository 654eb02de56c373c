import { startPostgres } from "../../server/embedded-postgres/start";
import { settingOf } from "../../server/local-stripe/testing/setting";
import { makeTemplate } from "./database";

/** One real server for the whole run. Its template outlives the run, so the next one starts at once. */
export async function setup({
  provide,
}: {
  provide: (name: "databaseServer", url: string) => void;
}): Promise<() => Promise<void>> {
  process.stdout.write(`${settingOf(process.env)}\n`);
  const server = await startPostgres({ dataDir: ".data/test-postgres", database: "parley", durable: false });
  await makeTemplate(server.url);
  provide("databaseServer", server.url);
  return () => server.stop();
}

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
  }
}
