import type { Template } from "@/lib/mail";

type Kind = {
  label: string;
  /** What comes under this name. */
  words: string;
  /** Comes whether it is wanted or not: without it somebody would lose an account or money unawares. */
  required: boolean;
};

export const MAIL_KINDS = {
  security: {
    label: "Signing in and invitations",
    words: "Confirming an address, a password that is reset or changed, an invitation to an account.",
    required: true,
  },
  receipts: {
    label: "Receipts and plans",
    words: "A receipt for each payment and refund; a plan that was changed or cancelled.",
    required: true,
  },
  failures: {
    label: "Payments that failed",
    words: "A payment, refund or automatic top-up that did not go through; a payment that a bank disputes.",
    required: true,
  },
  reminders: {
    label: "Payment reminders",
    words: "A card that is about to expire, a trial that is about to end.",
    required: false,
  },
  usage: {
    label: "Use of a plan",
    words: "80 % of a limit are used, and 100 %.",
    required: false,
  },
  webhooks: {
    label: "Webhooks",
    words: "An endpoint was switched off because it took no events.",
    required: false,
  },
  support: {
    label: "Answers from support",
    words: "Somebody answered what you asked. It also stands on the page.",
    required: false,
  },
} as const satisfies Record<string, Kind>;

export type MailKind = keyof typeof MAIL_KINDS;
export const OPTIONAL_KINDS = ["reminders", "usage", "webhooks", "support"] as const satisfies readonly MailKind[];
export type OptionalKind = (typeof OPTIONAL_KINDS)[number];

const KIND_OF: Record<Template, MailKind> = {
  verify_email: "security",
  reset_password: "security",
  password_changed: "security",
  email_changed: "security",
  welcome: "security",
  invitation: "security",
  receipt: "receipts",
  plan_changed: "receipts",
  subscription_cancelled: "receipts",
  refund_made: "receipts",
  payment_failed: "failures",
  refund_failed: "failures",
  dispute_opened: "failures",
  dispute_won: "failures",
  dispute_lost: "failures",
  auto_top_up_failed: "failures",
  card_expiring: "reminders",
  trial_ending: "reminders",
  quota_warning: "usage",
  quota_reached: "usage",
  endpoint_disabled: "webhooks",
  support_answered: "support",
};

/** The kind under which a mail can be switched off; nothing for those that always come. */
export function optionalKindOf(template: Template): OptionalKind | undefined {
  const kind = KIND_OF[template];
  return OPTIONAL_KINDS.find((optional) => optional === kind);
}

/** What an account says to its own people wears its branding. Who sells and who was paid stays to be seen in all else. */
const IN_ITS_NAME: readonly Template[] = ["invitation", "quota_warning", "quota_reached", "endpoint_disabled"];

export const isInTheAccountsName = (template: Template): boolean => IN_ITS_NAME.includes(template);
