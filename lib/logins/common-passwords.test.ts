import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { isCommon, requireUncommon } from "./common-passwords";

const nobody: string[] = [];

test.each([
  "password123",
  "Password1!",
  "P@ssw0rd2024",
  "12345678",
  "87654321",
  "123456789a",
  "qwertyuiop",
  "1q2w3e4r",
  "1qaz2wsx",
  "aaaaaaaa",
  "abcabcabc",
  "iloveyou2",
  "LetMeIn!!",
  "monkeydragon",
  "Sunshine2020!",
  "dr4g0n1987",
  "abcdefgh",
  "asdfghjkl1",
  "00000000",
  "19871987",
  "11223344",
  "20202020",
  "welcome@123",
  "trustno1",
  "football7!",
  "qwerty12345",
])("refuses %s", (password) => {
  expect(isCommon(password)).toBe(true);
});

test.each([
  "correct horse battery staple",
  "kelp-Vow-93-thimble",
  "dragon-lamp-river",
  "tHx9!mVq2#",
  "Grüne Wellen am Kai",
  "八月的雨下得很久很久",
  "vK7qmXcT9bWn",
  "nightjar over the estuary",
  "cinder-plinth-47",
])("takes %s", (password) => {
  expect(() => requireUncommon(password, "password", nobody)).not.toThrow();
});

test("refuses a password made of the person's own name or address", () => {
  const about = ["Wilhelmina Okonkwo", "mina.okonkwo@kestrel.example"];
  for (const password of ["Wilhelmina1", "okonkwo2026!", "w1lh3lm1n4", "kestrelmina9"]) {
    expect(() => requireUncommon(password, "password", about)).toThrow(AppError);
  }
  expect(() => requireUncommon("okonkwo walks at dawn", "password", about)).not.toThrow();
});
