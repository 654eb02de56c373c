import { Tag, type TagTone } from "@/components/ui/tag";
import type { Dispute, Payment, Refund } from "@/lib/payments/schema";

type Word = [tone: TagTone, word: string];

const PAYMENTS: Record<Payment["status"], Word> = {
  new: ["held", "Being made"],
  unknown: ["held", "Outcome unknown"],
  open: ["draft", "Not paid"],
  processing: ["held", "At the bank"],
  succeeded: ["settled", "Paid"],
  canceled: ["draft", "Given up"],
  refused: ["lost", "Refused"],
};

const REFUNDS: Record<Refund["status"], Word> = {
  new: ["held", "Being made"],
  unknown: ["held", "Outcome unknown"],
  pending: ["held", "On its way"],
  succeeded: ["settled", "Paid back"],
  failed: ["lost", "Did not arrive"],
  refused: ["lost", "Refused"],
};

const DISPUTES: Record<Dispute["status"], Word> = {
  inquiry: ["held", "The bank asks"],
  open: ["held", "Open"],
  won: ["settled", "Won"],
  lost: ["lost", "Lost"],
  closed: ["draft", "Closed"],
};

const Said = ({ of: [tone, word] }: { of: Word }) => <Tag tone={tone}>{word}</Tag>;

export const PaymentTag = ({ state }: { state: Payment["status"] }) => <Said of={PAYMENTS[state]} />;
export const RefundTag = ({ state }: { state: Refund["status"] }) => <Said of={REFUNDS[state]} />;
export const DisputeTag = ({ state }: { state: Dispute["status"] }) => <Said of={DISPUTES[state]} />;

export const PAYMENT_OPTIONS = [
  { value: "", label: "Every state" },
  ...Object.entries(PAYMENTS).map(([value, [, label]]) => ({ value, label })),
];
