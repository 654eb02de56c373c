import { route } from "@/lib/http/route";
import { unsubscribe } from "@/lib/notifications/change-preference";
import { Unsubscribe, Unsubscribed } from "@/lib/notifications/schema";

export const POST = route({
  summary: "Stop a kind of mail by the link in it",
  description:
    "What a mail program posts to when somebody presses its own button (RFC 8058). The link itself takes the same POST; opened in a browser it shows a page and changes nothing.",
  auth: "public",
  query: Unsubscribe,
  output: Unsubscribed,
  handle: ({ ctx, query }) => unsubscribe(ctx, query),
});
