import { parseArgs } from "node:util";
import { startPostgres } from "../embedded-postgres/start";
import { startLocalStripe } from "./start";

const USAGE = `Usage: npm run local-stripe -- [options]

  --port 12111               where it answers; 0 takes any that is free
  --data .data/local-stripe  the folder that keeps its state
  --database postgres://...  a PostgreSQL of yours instead of that folder
`;

/** The local Stripe without the rest of the product, for other projects. */
async function start(): Promise<void> {
  const { port, data, database } = optionsOf(process.argv.slice(2));
  const postgres = database
    ? { url: database, stop: async () => undefined }
    : await startPostgres({ dataDir: data, database: "local_stripe", durable: true });
  try {
    const stripe = await startLocalStripe({ databaseUrl: postgres.url, port, host: "127.0.0.1" });
    process.stdout.write(
      `Local Stripe at ${stripe.url}. Any key like sk_test_local_anything is an account of its own.\n`,
    );
    stopOnSignal(async () => {
      await stripe.stop();
      await postgres.stop();
    });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function optionsOf(words: string[]) {
  const { values } = parseArgs({
    args: words,
    options: {
      port: { type: "string", default: "12111" },
      data: { type: "string", default: ".data/local-stripe" },
      database: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw new Error(`${values.port} is not a port.\n\n${USAGE}`);
  return { ...values, port };
}

function stopOnSignal(stop: () => Promise<void>): void {
  let leaving = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (leaving) return;
      leaving = true;
      void stop().then(() => process.exit(0));
    });
  }
}

function why(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE")
    return "That port is taken. Choose another with --port; 0 takes any that is free.";
  return "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION"
    ? `${error.message}\n\n${USAGE}`
    : error.message;
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${why(error).trimEnd()}\n`);
  process.exit(1);
}
