import { z } from "zod";
import { idSchema, Page } from "@/lib/input";
import { PAYMENT_STATES } from "./schema";

const words = z.string().trim().min(1).max(80).optional();

export const ListAllPayments = Page.extend({
  cursor: idSchema("payment").optional(),
  status: z.enum(PAYMENT_STATES).optional(),
  account: words.describe("Its id, or words of its name"),
  text: words.describe("Words of the title, an id, or the last digits of the card"),
});
export type ListAllPayments = z.output<typeof ListAllPayments>;
