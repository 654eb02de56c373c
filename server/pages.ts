import { createServer, type Server } from "node:http";
import next from "next";
import { env } from "@/lib/env";
import type { Parts } from "./app";

/**
 * The page framework, prepared. In production it gets a server that never
 * listens, so no upgrade of ours can ever reach it.
 */
export async function openPages(http: Server): Promise<{ serve: Parts["pages"]; close(): Promise<void> }> {
  const isDevelopment = env().NODE_ENV === "development";
  const app = next({
    dev: isDevelopment,
    dir: ".",
    httpServer: isDevelopment ? http : createServer(),
    hostname: "localhost",
    port: env().PORT,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { serve: (req, res) => handle(req, res), close: () => app.close() };
}
