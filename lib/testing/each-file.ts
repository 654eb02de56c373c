import { afterAll, inject } from "vitest";
import { closePool } from "@/lib/db/client";
import { provide } from "@/lib/env";
import { brokenPromises } from "./books";
import { workerDatabase } from "./database";

const url = await workerDatabase(inject("databaseServer"), process.env.VITEST_POOL_ID ?? "1");

provide({
  DATABASE_URL: url,
  JWT_SECRET: "a-secret-for-tests-and-for-nothing-else",
  NEXTAUTH_SECRET: "another-secret-for-tests-and-nothing-else",
  PUBLIC_URL: "http://localhost:3000",
});

afterAll(async () => {
  const broken = await brokenPromises();
  await closePool();
  if (broken.length > 0) throw new Error(`The books do not hold after this file:\n${broken.join("\n")}`);
});
