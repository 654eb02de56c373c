import Stripe from "stripe";
import { expect, test } from "vitest";
import { StripeRefusal } from "./http/errors";
import { createRouter } from "./http/router";
import { operations } from "./operations";
import { contract } from "./testing/house";
import { unbuilt, unbuiltFamilies } from "./unbuilt";
import { API_VERSION } from "./version";

const plain = (name: string): string => name.replace(/\{\w+\}/g, "{}");

test(`speaks the version the SDK is pinned to${contract ? ", validated against the schema subset" : " (the schema subset is not here, so answers were not validated)"}`, () => {
  expect(Stripe.API_VERSION).toBe(API_VERSION);
});

test.runIf(contract)("has every operation of the contract, or says that it has not", () => {
  const known = new Set([...operations.map(({ name }) => name), ...unbuilt].map(plain));
  expect(contract?.operations().filter((name) => !known.has(plain(name)))).toEqual([]);
});

test("has each operation once", () => {
  const names = [...operations.map(({ name }) => name), ...unbuilt].map(plain);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.runIf(contract)("declares no parameter the contract does not have", () => {
  const invented = operations.flatMap(({ name, parameters }) => {
    const known = contract?.parameters(name);
    return known
      ? parameters.filter((parameter) => !known.includes(parameter)).map((parameter) => `${name}: ${parameter}`)
      : [];
  });
  // Refused by name, sent by Stripe.js, or part of the address of a next page.
  const kept = /: (payment_method_types|client_secret|key|expected_payment_method_type|expand|page)$/;
  expect(invented.filter((one) => !kept.test(one))).toEqual([]);
});

test("says of what Stripe sells beside the contract that it is not built, and of nothing that is", () => {
  const router = createRouter(operations, unbuilt, unbuiltFamilies);
  const asked = (path: string): number => {
    try {
      router.find("POST", path);
      return 200;
    } catch (error) {
      return error instanceof StripeRefusal ? error.status : 500;
    }
  };
  expect(["/v1/quotes", "/v1/credit_notes/cn_1/void", "/v2/core/accounts"].map(asked)).toEqual([501, 501, 501]);
  expect(["/v1/customers", "/v1/nonsense", "/v1/quotesque"].map(asked)).toEqual([200, 404, 404]);
  const below = operations.filter(({ path }) => unbuiltFamilies.some((family) => `${path}/`.startsWith(`${family}/`)));
  expect(below.map(({ name }) => name)).toEqual([]);
});
