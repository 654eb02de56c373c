import { route } from "@/lib/http/route";
import { listEvents } from "@/lib/stripe-events/queries";
import { EventPage, ListEvents } from "@/lib/stripe-events/schema";

export const GET = route({
  summary: "What Stripe told us, the latest first",
  auth: "staff",
  query: ListEvents,
  output: EventPage,
  handle: ({ ctx, query }) => listEvents(ctx, query),
});
