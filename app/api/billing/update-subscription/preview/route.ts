import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { previewChange } from "@/lib/subscriptions/preview";
import { ChangePreview, PreviewChange } from "@/lib/subscriptions/schema";

export const POST = route({
  summary: "See what a change of plan costs",
  description: "Line by line, at this second. Send its `quoteId` with the change and just that is charged.",
  auth: "member",
  scope: "billing:write",
  body: PreviewChange,
  output: ChangePreview,
  pace: paymentLimit,
  handle: ({ ctx, body, family }) => previewChange(ctx, { family, ...body }),
});
