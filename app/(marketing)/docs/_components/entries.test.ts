import { expect, test } from "vitest";
import { describeApi } from "@/lib/http/openapi";
import { routes } from "@/server/routes.gen";
import { bodyOf, chaptersOf } from "./entries";
import { fieldsOf, rowOf } from "./fields";
import { matches } from "./filter";
import { GUIDES } from "./guide";

const document = describeApi(routes, "https://api.parley.example");
const chapters = chaptersOf(document);
const entries = chapters.flatMap((chapter) => chapter.entries);

test("every call of the document is on the page, under an anchor of its own", () => {
  const calls = Object.values(document.paths).flatMap((item) => Object.keys(item));
  expect(entries).toHaveLength(calls.length);
  const anchors = [...GUIDES, ...chapters, ...entries].map(({ anchor }) => anchor);
  expect(new Set(anchors).size).toBe(anchors.length);
  expect(anchors).toContain("keys");
  expect(anchors).toContain("patch-keys-id");
});

test("a call is found by its address, its other address, its summary and its fields", () => {
  const found = (query: string) => entries.filter(({ words }) => matches(words, query)).map(({ anchor }) => anchor);
  expect(found("/auth/signup")).toEqual(["post-auth-register"]);
  expect(found("compromised")).toEqual(["post-auth-regenerate-api-key"]);
  expect(found("Revoke  KEY")).toContain("delete-keys-id");
  expect(found("no-such-word")).toEqual([]);
  expect(found("  ")).toHaveLength(entries.length);
});

test("a field row says what it holds, its rules and whether it is needed", () => {
  const register = entries.find(({ anchor }) => anchor === "post-auth-register");
  const rows = fieldsOf((register && bodyOf(document, register.operation)) ?? {});
  expect(rows).toContainEqual({ name: "name", holds: "text", rules: "1 to 80 characters", isRequired: true, says: "" });
  expect(rows.find(({ name }) => name === "plan")).toMatchObject({ isRequired: false });
});

test("fields inside objects and lists are named by their way there", () => {
  const schema = {
    type: "object",
    properties: {
      rows: { type: "array", items: { type: "object", properties: { at: { type: "string", format: "date-time" } } } },
    },
  };
  expect(fieldsOf(schema).map(({ name, holds }) => `${name}: ${holds}`)).toEqual([
    "rows: list of object",
    "rows[].at: instant",
  ]);
});

test("what may be null says so, and keeps its rules", () => {
  const row = rowOf(
    "limit",
    { anyOf: [{ type: "integer", minimum: 1, maximum: 9 }, { type: "null" }], default: null },
    false,
  );
  expect(row).toMatchObject({ holds: "whole number, or null", rules: "1 to 9, null when left out" });
});
