import { expect, test } from "vitest";
import { judge } from "./outcome";

const intent = (status: string) => ({ id: "pi_1", status });

test.each([
  ["succeeded", "succeeded"],
  ["requires_capture", "succeeded"],
  ["processing", "processing"],
])("a payment that is %s is done", (status, state) => {
  expect(judge({ paymentIntent: intent(status) })).toEqual({ kind: "done", outcome: { state, intentId: "pi_1" } });
});

test("an error over a payment that had succeeded is a success that was not heard of", () => {
  const error = {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    payment_intent: intent("succeeded"),
  };
  expect(judge({ error: error as never })).toMatchObject({ kind: "done" });
});

test("a decline is refused, and an unfinished form is neither", () => {
  const declined = { type: "card_error", code: "card_declined", payment_intent: intent("requires_payment_method") };
  expect(judge({ error: declined as never })).toMatchObject({ kind: "refused", refusal: { code: "card_declined" } });
  expect(judge({ error: { type: "validation_error", code: "incomplete_cvc" } as never })).toEqual({
    kind: "unfinished",
  });
  expect(judge({ paymentIntent: intent("canceled") })).toMatchObject({ kind: "refused" });
});
