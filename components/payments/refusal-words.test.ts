import { expect, test } from "vitest";
import { refusalWords } from "./refusal-words";

const declined = (decline_code: string) => ({ type: "card_error", code: "card_declined", decline_code });

test.each([
  ["insufficient_funds", "There is too little money on this card."],
  ["generic_decline", "The bank declined this card."],
  ["do_not_honor", "The bank declined this card."],
  ["fraudulent", "The bank declined this card."],
  ["card_velocity_exceeded", "This card has reached its limit for now."],
  ["transaction_not_allowed", "This card does not allow this kind of payment."],
  ["try_again_later", "The bank could not answer just now."],
])("says of %s in plain words what it is and that nothing was charged", (code, title) => {
  const words = refusalWords(declined(code), "pay");
  expect(words.title).toBe(title);
  expect(words.meaning).toMatch(/^You were not charged\. /);
});

test.each(["lost_card", "stolen_card", "pickup_card"])("does not tell a thief that a card counts as %s", (code) => {
  const { title, meaning } = refusalWords(declined(code), "pay");
  expect(`${title} ${meaning}`).not.toMatch(/lost|stolen|thief|pick/i);
});

test.each(["expired_card", "incorrect_cvc", "incorrect_number", "invalid_expiry_year"])(
  "takes the reader back to the fields for %s",
  (code) => {
    expect(refusalWords({ type: "card_error", code, decline_code: code }, "pay").isTyping).toBe(true);
  },
);

test("does not claim to know what it cannot know", () => {
  const words = refusalWords({ type: "api_connection_error" }, "pay");
  expect(words.meaning).toContain("not known yet");
  expect(words.meaning).not.toContain("You were not charged");
});

test("speaks of saving where nothing was to be charged", () => {
  const words = refusalWords(declined("generic_decline"), "save");
  expect(words.meaning).toMatch(/^Nothing was saved\. /);
});

test("has words for what nobody has heard of", () => {
  expect(refusalWords({ type: "api_error", code: "moon_phase" }, "pay").meaning).toMatch(/^You were not charged\. /);
});
