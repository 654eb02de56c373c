import { route } from "@/lib/http/route";
import { receiveEvent } from "@/lib/stripe-events/receive";
import { Received } from "@/lib/stripe-events/schema";

export const POST = route({
  summary: "Where Stripe tells what happened",
  description: "Takes nothing but what Stripe has signed, letter for letter, within the last five minutes.",
  auth: "public",
  rawBody: true,
  output: Received,
  handle: ({ ctx, raw }) => receiveEvent(ctx, { text: raw.text, signature: raw.header("stripe-signature") }),
});
