import { expect, test, vi } from "vitest";
import { provide } from "./env";
import { failpoint } from "./failpoints";

test("nothing happens at a place that nobody named, and what was asked for happens at the one that was", () => {
  expect(() => failpoint("payment.recorded")).not.toThrow();
  vi.stubEnv("FAILPOINTS", "payment.recorded:throw");
  provide({});
  expect(() => failpoint("payment.recorded")).toThrow("payment.recorded");
  expect(() => failpoint("settle.written")).not.toThrow();
  vi.unstubAllEnvs();
  provide({});
});
