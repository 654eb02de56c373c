import { expect, test } from "vitest";
import { parseForm } from "../http/form";
import { formBody } from "./form-body";

test("writes nested values as the server reads them", () => {
  const values = {
    client_secret: "a&b=c",
    payment_method_data: { card: { number: "4242" }, billing_details: { name: null } },
    use_stripe_sdk: true,
    expand: ["one", "two"],
    left_out: undefined,
  };
  expect(parseForm(formBody(values).toString())).toEqual({
    client_secret: "a&b=c",
    payment_method_data: { card: { number: "4242" }, billing_details: { name: "" } },
    use_stripe_sdk: "true",
    expand: ["one", "two"],
  });
});
