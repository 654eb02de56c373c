import type { Facts } from "@/lib/mail";
import { formatDay } from "@/lib/time";
import type { At, Letter } from "./letter";

export const supportAnsweredLetter = (facts: Facts<"support_answered">, at: At): Letter => ({
  subject: `Answered: ${facts.subject}`,
  heading: "You have an answer",
  paragraphs: [`You asked: ${facts.subject}`],
  quote: facts.answer,
  action: { label: "Read it and reply", href: at(`/support/${facts.requestId}`) },
  note: "You get this because you asked. Reply on the page: mail to this address is not read.",
});

export function endpointDisabledLetter(facts: Facts<"endpoint_disabled">, at: At): Letter {
  const why =
    facts.reason === "gone"
      ? "It answered 410, which means that it wants no more events."
      : `It took no event since ${formatDay(new Date(facts.since))}.`;
  return {
    subject: "A webhook endpoint was switched off",
    heading: "A webhook endpoint was switched off",
    paragraphs: [
      `The account ${facts.accountName} sends no more events to ${facts.url}. ${why}`,
      "Mend the receiver, switch the endpoint on, and replay what it missed. Events are kept for 90 days.",
    ],
    action: { label: "Open the endpoint", href: at(`/dashboard/webhooks/${facts.endpointId}`) },
    note: "You get this because you look after the webhooks of this account.",
  };
}
