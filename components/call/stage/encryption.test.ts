import { expect, test } from "vitest";
import { encryptionOf } from "./encryption";

test("the label names a relay as soon as one person is reached by it", () => {
  expect(encryptionOf(["direct", null]).words).not.toContain("relay");
  expect(encryptionOf(["direct", "relay"]).words).toContain("A relay passes it on");
});
