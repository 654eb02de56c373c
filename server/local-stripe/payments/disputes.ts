import { refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { opaque, parts, range, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { reinstate } from "./open-dispute";

type Dispute = Kinds["dispute"];

const words = [
  ...[
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
  ],
  ...[
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
  ],
  ...[
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
  ],
  ...[
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
  ],
  ...[
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
  ],
];
const evidence = parts({
  ...Object.fromEntries(words.map((word) => [word, text(20_000)])),
  enhanced_evidence: opaque(),
});

/** How long the bank thinks about evidence that does not decide by itself. */
const REVIEW_SECONDS = 60 * 86_400;
const OPEN = ["needs_response", "warning_needs_response"];

export const disputeOperations = [
  operation({
    on: "POST /v1/disputes/{id}",
    params: { evidence, metadata: metadata(), submit: yesNo() },
    async run({ space, params, id }) {
      const dispute = await space.get("dispute", id);
      dispute.metadata = mergeMetadata(dispute.metadata, params.metadata);
      if (params.evidence) {
        if (!OPEN.includes(dispute.status)) throw refused("This dispute is already closed or under review.");
        for (const [key, value] of Object.entries(params.evidence)) {
          if (key in dispute.evidence && typeof value === "string") Object.assign(dispute.evidence, { [key]: value });
        }
        dispute.evidence_details.has_evidence = true;
      }
      if (params.evidence && params.submit !== false) await submit(space, dispute);
      else space.announceChange("charge.dispute.updated", dispute);
      return dispute;
    },
  }),
  operation({
    on: "POST /v1/disputes/{id}/close",
    async run({ space, id }) {
      const dispute = await space.get("dispute", id);
      if (!OPEN.includes(dispute.status)) throw refused("This dispute is already closed.");
      await closeDispute(space, dispute, { how: "lost" });
      return dispute;
    },
  }),
  operation({ on: "GET /v1/disputes/{id}", run: ({ space, id }) => space.get("dispute", id) }),
  listing({
    on: "GET /v1/disputes",
    kind: "dispute",
    filters: { charge: text(), payment_intent: text(), created: range() },
    where: ({ charge, payment_intent }) => [
      ...(charge === undefined ? [] : [{ at: "charge", is: charge }]),
      ...(payment_intent === undefined ? [] : [{ at: "payment_intent", is: payment_intent }]),
    ],
  }),
];

async function submit(space: Space, dispute: Dispute): Promise<void> {
  dispute.evidence_details.submission_count += 1;
  dispute.status = dispute.status === "warning_needs_response" ? "warning_under_review" : "under_review";
  space.announceChange("charge.dispute.updated", dispute);
  const said = dispute.evidence.uncategorized_text;
  if (said === "winning_evidence") return closeDispute(space, dispute, { how: "won" });
  if (said === "losing_evidence") return closeDispute(space, dispute, { how: "lost" });
  space.schedule("dispute_due", dispute.id, space.now + REVIEW_SECONDS);
}

export type Ending = { how: "won" | "lost"; back?: number | undefined };

/**
 * Ends a dispute, or ends it once more with another end. Won money comes back, all of it where nothing else is said;
 * lost money is gone already, though a network may give some of it back all the same.
 */
export async function closeDispute(space: Space, dispute: Dispute, { how, back }: Ending): Promise<void> {
  const inquiry = dispute.status.startsWith("warning_");
  dispute.status = inquiry ? "warning_closed" : how;
  dispute.is_charge_refundable = inquiry || how === "won";
  space.unschedule("dispute_due", dispute.id);
  const returned = inquiry ? 0 : (back ?? (how === "won" ? dispute.amount : 0));
  if (returned > 0) reinstate(space, dispute, returned);
  space.announce("charge.dispute.closed", dispute);
  if (returned > 0) space.announce("charge.dispute.funds_reinstated", dispute);
}
