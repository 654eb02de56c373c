import { expect, test } from "vitest";
import { refusalOf, statusOfRefusal } from "./refusal";

test.each([
  ["NotAllowedError", "Permission denied", "denied", "permission_denied"],
  ["NotAllowedError", "Permission denied by system", "blocked", "permission_blocked"],
  ["NotFoundError", "Requested device not found", "none", "device_not_found"],
  ["NotReadableError", "Could not start video source", "in_use", "device_in_use"],
  ["TypeError", "Something else", "failed", "unsupported"],
] as const)("%s, %s", (name, message, status, code) => {
  const error = Object.assign(new Error(message), { name });
  expect(statusOfRefusal(error)).toBe(status);
  expect(refusalOf("camera", status, error)).toMatchObject({ code, cause: error });
});

test("what to do about it is in the words, and only what may pass is worth another try", () => {
  expect(refusalOf("camera", "in_use")).toMatchObject({ retryable: true });
  expect(refusalOf("microphone", "denied")).toMatchObject({ retryable: false });
  expect(refusalOf("microphone", "denied").userMessage).toMatch(/^Microphone: .*address bar/);
});
