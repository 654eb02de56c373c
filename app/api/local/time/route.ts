import { route } from "@/lib/http/route";
import { readClock } from "@/lib/time-machine/queries";
import { Clock, MoveClock } from "@/lib/time-machine/schema";
import { travel } from "@/lib/time-machine/travel";

export const GET = route({
  summary: "What time it is in this local Parley, and what comes next",
  description: "In production, and with a live key of Stripe, there is no such address.",
  auth: "public",
  localOnly: true,
  output: Clock,
  handle: ({ ctx }) => readClock(ctx),
});

export const POST = route({
  summary: "Move the clock of this local Parley forward",
  description:
    "Everything that is due on the way is done, each at its own instant. Where that takes long, the answer comes before the arrival and says `moving`.",
  auth: "public",
  localOnly: true,
  body: MoveClock,
  output: Clock,
  handle: ({ ctx, body }) => travel(ctx, body),
});
