import { expect, test } from "vitest";
import { isInsideAnApp, troubleWith } from "./permission-words";

test.each(["denied", "blocked", "in_use", "none", "failed"] as const)("%s has words and another try", (status) => {
  const trouble = troubleWith("camera", status);
  expect(trouble?.words).toMatch(/\.$/);
  expect(trouble?.canRetry).toBe(true);
});

test("an insecure page cannot try again, and what works says nothing", () => {
  expect(troubleWith("microphone", "insecure")?.canRetry).toBe(false);
  for (const status of ["off", "asking", "on", "muted"] as const) expect(troubleWith("camera", status)).toBeUndefined();
});

test("a page inside another app is told apart from a browser", () => {
  expect(isInsideAnApp("Mozilla/5.0 (iPhone) AppleWebKit Instagram 300.0")).toBe(true);
  expect(isInsideAnApp("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0")).toBe(false);
});
