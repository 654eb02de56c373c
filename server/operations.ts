import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pool } from "@/lib/db/client";
import { env } from "@/lib/env";
import { metrics } from "./metrics";

const DATABASE_LIMIT_MS = 500;

export type Health = { state: "starting" | "ready" | "draining" };

/** The addresses a machine asks. Answers whether it did. */
export async function serveOperations(req: IncomingMessage, res: ServerResponse, health: Health): Promise<boolean> {
  switch (req.url?.split("?")[0]) {
    case "/livez":
    case "/health":
      say(res, 200, "text/plain", "ok\n");
      return true;
    case "/readyz": {
      const complaint = health.state !== "ready" ? health.state : (await databaseAnswers()) ? undefined : "database";
      say(res, complaint ? 503 : 200, "text/plain", `${complaint ?? "ready"}\n`);
      return true;
    }
    case "/metrics":
      if (!mayScrape(req)) return false;
      say(res, 200, metrics().registry.contentType, await metrics().registry.metrics());
      return true;
    default:
      return false;
  }
}

async function databaseAnswers(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), DATABASE_LIMIT_MS);
  });
  const answered = pool().sql`select 1`.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
}

/** In production only with the operator's token; without it the address does not exist. */
function mayScrape(req: IncomingMessage): boolean {
  const { METRICS_TOKEN, isProduction } = env();
  if (!METRICS_TOKEN) return !isProduction;
  const shown = Buffer.from(req.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${METRICS_TOKEN}`);
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

function say(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  res.end(body);
}
