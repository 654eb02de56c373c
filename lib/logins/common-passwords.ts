import { invalid } from "@/lib/errors";
import { once } from "@/lib/once";
import { COMMON_WORDS } from "./common-words";

const FEWEST_OWN_LETTERS = 4;
const SHORTEST_PERSONAL = 4;

/** How many of the words below a password may be made of before it counts as a choice of words instead. */
const WORDS_TAKEN_OUT = 2;

const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiop",
  "qwertzuiop",
  "azertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "qazwsxedcrfvtgb",
];
const LETTER_FOR: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
  "|": "l",
  "€": "e",
};

/** Refuses a password that is among the first to be tried, or that says little more than who it is for. */
export function requireUncommon(password: string, field: string, about: readonly string[]): void {
  if (isCommon(password))
    throw invalid({ [field]: "This password is one of the first that are tried. Choose another." });
  if (ownLetters(password, personalWords(about)) < FEWEST_OWN_LETTERS) {
    throw invalid({ [field]: "This password is little more than your name or address. Choose another." });
  }
}

export function isCommon(password: string): boolean {
  const text = password.normalize("NFKC").toLowerCase();
  return (
    isShortNumber(text) ||
    isOneThingRepeated(text) ||
    isWalk(text) ||
    ownLetters(text, commonWords()) < FEWEST_OWN_LETTERS
  );
}

/** How many letters are left of it without digits, signs and these words; read as typed, and with signs read as letters. */
function ownLetters(password: string, words: readonly string[]): number {
  const text = password.normalize("NFKC").toLowerCase();
  const unmasked = text.replace(/./gu, (sign) => LETTER_FOR[sign] ?? sign);
  const l = text.replace(/1/g, "l").replace(/./gu, (sign) => LETTER_FOR[sign] ?? sign);
  return Math.min(...[text, unmasked, l].map((reading) => lettersWithout(reading, words)));
}

function lettersWithout(reading: string, words: readonly string[]): number {
  let left = reading;
  for (let taken = 0; taken < WORDS_TAKEN_OUT; taken += 1) {
    const word = words.find((one) => left.includes(one));
    if (!word) break;
    left = left.replaceAll(word, " ");
  }
  if (left === reading) return Number.POSITIVE_INFINITY;
  return [...left.replace(/[^\p{L}]/gu, "")].length;
}

/** Dates and telephone numbers. */
const isShortNumber = (text: string) => /^[\d\s./+-]{1,14}$/.test(text);

/** "abcabcabc", "11111111" */
const isOneThingRepeated = (text: string) => /^(.{1,4}?)\1+.{0,2}$/su.test(text);

/** "12345678", "qwertyuiop", "87654321a": nearly all of it runs along a row of the alphabet or the keyboard. */
function isWalk(text: string): boolean {
  let inRuns = 0;
  let at = 0;
  while (at < text.length) {
    const run = longestRun(text.slice(at));
    if (run >= 4) inRuns += run;
    at += Math.max(run, 1);
  }
  return inRuns > 0 && text.length - inRuns < FEWEST_OWN_LETTERS;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const row of walks()) {
    let length = 0;
    while (length < text.length && row.includes(text.slice(0, length + 1))) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

const walks = () => once("password-walks", () => ROWS.flatMap((row) => [row, [...row].reverse().join("")]));

/** Long words first, so that "passphrase" is not read as "pass". Words of three letters stand by themselves too often. */
const commonWords = () =>
  once("common-words", () => [...COMMON_WORDS].filter((word) => word.length > 3).sort((a, b) => b.length - a.length));

/** Names and the parts of an address, without those too short to mean anything. */
const personalWords = (about: readonly string[]): string[] =>
  about
    .flatMap((text) =>
      text
        .normalize("NFKC")
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .filter((word) => word.length >= SHORTEST_PERSONAL)
    .sort((a, b) => b.length - a.length);
