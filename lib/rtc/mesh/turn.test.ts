import { expect, test } from "vitest";
import { answerTurn, isAnswerTo, judgeOffer, newConnectionName, offerTurn, readTurn } from "./turn";

const A = "aaaaaaaa";
const B = "bbbbbbbb";

test("a turn says whose connection offered, whose answered, and which one it is", () => {
  expect(readTurn(offerTurn(A, 3))).toEqual({ offerer: A, number: 3, answerer: undefined });
  expect(readTurn(answerTurn(offerTurn(A, 3), B))).toEqual({ offerer: A, number: 3, answerer: B });
  expect(newConnectionName()).toMatch(/^[a-z0-9]{8}$/);
  expect(answerTurn(offerTurn(A, 999_999_999), B).length).toBeLessThanOrEqual(64);
});

test.each([undefined, 7, "", "offer-1", "AAAAAAAA.1", "aaaaaaaa.1/short"])(
  "what another program wrote says nothing: %s",
  (negId) => {
    expect(readTurn(negId)).toEqual({ offerer: undefined, number: undefined, answerer: undefined });
  },
);

const quiet = { hasOffered: false, hasAgreed: true, remote: A };
const crossed = { hasOffered: true, hasAgreed: true, remote: A };
const first = { hasOffered: true, hasAgreed: false, remote: undefined };

test.each([
  ["nothing is under way", { polite: false, ...quiet }, A, "take"],
  ["two offers cross and we give way", { polite: true, ...crossed }, A, "take"],
  ["two offers cross and they give way", { polite: false, ...crossed }, A, "ignore"],
  ["they began afresh, and ours is of the past", { polite: false, ...crossed }, B, "renew"],
  ["they began afresh while nothing was under way", { polite: false, ...quiet }, B, "renew"],
  ["both make their first offer and we give way", { polite: true, ...first }, B, "renew"],
  ["both make their first offer and they give way", { polite: false, ...first }, B, "ignore"],
  ["a newcomer offers for the first time", { polite: false, ...quiet, hasAgreed: false, remote: undefined }, A, "take"],
] as const)("where %s", (_, standing, offerer, way) => {
  expect(judgeOffer(standing, readTurn(offerTurn(offerer, 1)))).toBe(way);
});

test("an answer counts for the offer that waits, and a program that names no turn means that one", () => {
  const pending = offerTurn(A, 2);
  expect(isAnswerTo(pending, answerTurn(pending, B))).toBe(true);
  expect(isAnswerTo(pending, answerTurn(offerTurn(A, 1), B))).toBe(false);
  expect(isAnswerTo(pending, answerTurn(offerTurn(B, 2), A))).toBe(false);
  expect(isAnswerTo(pending, undefined)).toBe(true);
  expect(isAnswerTo(undefined, answerTurn(pending, B))).toBe(false);
});
