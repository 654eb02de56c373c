import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { makeCertificate } from "./certificate";

test("a certificate names its host, is signed by its own key, and is good today", () => {
  const { cert } = makeCertificate("localhost");
  const read = new X509Certificate(cert);
  expect(read.checkHost("localhost")).toBe("localhost");
  expect(read.checkHost("elsewhere.example")).toBeUndefined();
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.validFromDate.getTime()).toBeLessThan(Date.now());
  expect(read.validToDate.getTime()).toBeGreaterThan(Date.now());
  expect(new X509Certificate(makeCertificate("localhost").cert).fingerprint).not.toBe(read.fingerprint);
});
