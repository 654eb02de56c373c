import type { NextConfig } from "next";
import { nextRewrites } from "./lib/http/aliases";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: false,
  images: { unoptimized: true },
  // Arguments of actions hold passwords and keys.
  logging: { serverFunctions: false },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@node-rs/bcrypt",
    "postgres",
    "pino",
    "prom-client",
    "socket.io",
    "nodemailer",
    "pdfkit",
  ],
  rewrites: async () => nextRewrites(),
  // Card fields are in a frame of another origin, and are to be set in our type.
  headers: async () => [
    { source: "/_next/static/media/:file*", headers: [{ key: "Access-Control-Allow-Origin", value: "*" }] },
  ],
};

export default config;
