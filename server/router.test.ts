import { expect, test } from "vitest";
import { routerOf } from "./router";

const find = routerOf(
  [
    "/api",
    "/api/keys",
    "/api/keys/current",
    "/api/keys/[id]",
    "/api/keys/[id]/uses/[useId]",
    "/api/files/[...path]",
  ].map((path) => ({ path, value: path })),
);

test.each([
  ["/api", "/api", {}],
  ["/api/keys", "/api/keys", {}],
  ["/api/keys/current", "/api/keys/current", {}],
  ["/api/keys/key_1", "/api/keys/[id]", { id: "key_1" }],
  ["/api/keys/a%2Fb%20c", "/api/keys/[id]", { id: "a/b c" }],
  ["/api/keys/key_1/uses/2", "/api/keys/[id]/uses/[useId]", { id: "key_1", useId: "2" }],
  ["/api/files/a/b%2Fc", "/api/files/[...path]", { path: ["a", "b/c"] }],
])("%s is %s", (path, value, params) => {
  expect(find(path)).toEqual({ value, params });
});

test.each([
  "/",
  "/api/",
  "/api/nothing",
  "/api/keys/",
  "/api/keys/key_1/uses",
  "/api/files",
  "/API/keys",
  "/api//keys",
])("nothing is mounted at %s", (path) => {
  expect(find(path)).toBeUndefined();
});
