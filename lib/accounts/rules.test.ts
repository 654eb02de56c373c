import { expect, test } from "vitest";
import type { Role } from "@/lib/scopes";
import { grantableRoles, mayManage, requireGrantable, requireOwnerLeft } from "./rules";

const cases: [mine: Role, theirs: Role, may: boolean][] = [
  ["owner", "owner", true],
  ["owner", "admin", true],
  ["owner", "member", true],
  ["admin", "owner", false],
  ["admin", "admin", true],
  ["admin", "billing", true],
  ["billing", "member", false],
  ["billing", "billing", false],
  ["member", "member", false],
];

test.each(cases)("%s manages %s: %s", (mine, theirs, may) => {
  expect(mayManage(mine, theirs)).toBe(may);
});

test("an admin makes no owners, and a personal account has one", () => {
  expect(grantableRoles("owner", "team")).toEqual(["admin", "billing", "member", "owner"]);
  expect(grantableRoles("admin", "team")).toEqual(["admin", "billing", "member"]);
  expect(grantableRoles("owner", "personal")).toEqual(["admin", "billing", "member"]);
  expect(() => requireGrantable("admin", "owner", "team")).toThrow("Only an owner");
  expect(() => requireGrantable("owner", "owner", "personal")).toThrow("one owner");
});

test("the last owner stays", () => {
  expect(() => requireOwnerLeft(2, "team")).not.toThrow();
  expect(() => requireOwnerLeft(1, "team")).toThrow("needs an owner");
  expect(() => requireOwnerLeft(1, "personal")).toThrow("can be closed");
});
