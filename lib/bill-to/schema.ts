import { z } from "zod";
import { Email, line } from "@/lib/input";

const optional = (max: number, name: string) => line(max, name).nullable();

/** Two letters, as in ISO 3166-1. */
const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, "A country is written in two letters, such as DE.")
  .meta({ examples: ["DE"] });

export const Address = z.strictObject({
  line1: line(200, "line1"),
  line2: optional(200, "line2"),
  postalCode: optional(20, "postalCode"),
  city: line(100, "city"),
  state: optional(100, "state"),
  country: Country,
});
export type Address = z.output<typeof Address>;

/** The longest that Stripe prints. */
const TAX_ID_CHARACTERS = 140;

export const ChangeBillTo = z.strictObject({
  name: line(200, "name").describe("Who is billed"),
  email: Email.describe("Where Stripe sends receipts"),
  address: Address.nullable(),
  taxId: optional(TAX_ID_CHARACTERS, "taxId").describe("Printed on every invoice, as it is written here"),
});
export type ChangeBillTo = z.output<typeof ChangeBillTo>;

export const BillTo = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  address: z
    .object({
      line1: z.string().nullable(),
      line2: z.string().nullable(),
      postalCode: z.string().nullable(),
      city: z.string().nullable(),
      state: z.string().nullable(),
      country: z.string().nullable(),
    })
    .nullable(),
  taxId: z.string().nullable(),
});
export type BillTo = z.output<typeof BillTo>;
