import type { Facts, QueuedMail, Template } from "@/lib/mail";
import {
  disputeLostLetter,
  disputeOpenedLetter,
  disputeWonLetter,
  refundFailedLetter,
  refundMadeLetter,
} from "./aftermath";
import { endpointDisabledLetter, supportAnsweredLetter } from "./house";
import { emailChangedLetter, invitationLetter, passwordChangedLetter, welcomeLetter } from "./identity";
import type { At, Letter } from "./letter";
import { autoTopUpFailedLetter, cardExpiringLetter, paymentFailedLetter, receiptLetter } from "./payments";
import { cancelledLetter, planChangedLetter, quotaReachedLetter, quotaWarningLetter, trialEndingLetter } from "./plans";

/** Those whose link is a secret, made by whoever sends them. */
export type SecretTemplate = "verify_email" | "reset_password";
export type PlainMail = Exclude<QueuedMail, { template: SecretTemplate }>;

const LETTERS: { [T in Exclude<Template, SecretTemplate>]: (facts: Facts<T>, at: At) => Letter } = {
  password_changed: ({ name }, at) => passwordChangedLetter({ name, link: at("/dashboard/keys") }),
  email_changed: ({ name }, at) => emailChangedLetter({ name, link: at("") }),
  welcome: ({ name }, at) => welcomeLetter({ name, link: at("/dashboard") }),
  invitation: (facts) => invitationLetter(facts),
  receipt: receiptLetter,
  payment_failed: paymentFailedLetter,
  auto_top_up_failed: autoTopUpFailedLetter,
  refund_made: refundMadeLetter,
  refund_failed: refundFailedLetter,
  dispute_opened: disputeOpenedLetter,
  dispute_won: disputeWonLetter,
  dispute_lost: disputeLostLetter,
  card_expiring: cardExpiringLetter,
  trial_ending: trialEndingLetter,
  plan_changed: planChangedLetter,
  quota_warning: quotaWarningLetter,
  quota_reached: quotaReachedLetter,
  subscription_cancelled: cancelledLetter,
  support_answered: supportAnsweredLetter,
  endpoint_disabled: endpointDisabledLetter,
};

/** Puts a mail's facts into words. */
export function writeLetter({ template, facts }: PlainMail, at: At): Letter {
  const write = LETTERS[template] as (facts: PlainMail["facts"], at: At) => Letter; // both come from one mail, so they belong together
  return write(facts, at);
}
