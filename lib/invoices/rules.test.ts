import { expect, test } from "vitest";
import { billedTo } from "./rules";

const NOWHERE = { line1: null, line2: null, postal_code: null, city: null, state: null, country: null };

test.each([
  [{ customer_name: null, customer_email: null, customer_address: null }, []],
  [
    { customer_name: "Ada", customer_email: "ada@parley.example", customer_address: NOWHERE },
    ["Ada", "ada@parley.example"],
  ],
  [
    {
      customer_name: "Analytical Engines",
      customer_email: null,
      customer_address: {
        ...NOWHERE,
        line1: "12 St James's Square",
        postal_code: "SW1Y 4JH",
        city: "London",
        country: "GB",
      },
    },
    ["Analytical Engines", "12 St James's Square", "SW1Y 4JH London", "GB"],
  ],
])("%j is billed as %j", (payer, lines) => {
  expect(billedTo(payer)).toEqual(lines);
});
