import type { Facts } from "@/lib/mail";
import { formatMoney, micros } from "@/lib/money";
import type { At, Letter } from "./letter";

const money = (amount: number) => formatMoney(micros(amount));
const counts = new Intl.NumberFormat("en-US");
const credits = (count: number) => `${counts.format(count)} ${count === 1 ? "credit" : "credits"}`;

type Purpose = Facts<"dispute_won">["purpose"];
const amountOf = (purpose: Purpose, amount: number) => (purpose === "credits" ? credits(amount) : money(amount));
const pageOf = (purpose: Purpose, at: At) =>
  purpose === "credits"
    ? { label: "Look at your credits", href: at("/credits") }
    : { label: "Look at your wallet", href: at("/wallet") };

const WHY = "You get this because you look after the payments of this account.";

export function refundMadeLetter(facts: Facts<"refund_made">, at: At): Letter {
  const { accountName, what, micros: amount, method, credits: taken, path } = facts;
  const took = taken > 0 ? ` ${credits(taken)} of that purchase went back for it.` : "";
  return {
    subject: `${money(amount)} is paid back to you`,
    heading: "Money is on its way back",
    figure: { value: money(amount), words: `to ${method}`, tone: "book" },
    paragraphs: [
      `${money(amount)} of what the account ${accountName} paid for ${what} is paid back.${took}`,
      "Banks take up to ten days to show it. There is nothing for you to do.",
    ],
    action: { label: "Open the receipt", href: at(path) },
    note: `${WHY} A receipt cannot be switched off.`,
  };
}

export function refundFailedLetter(facts: Facts<"refund_failed">, at: At): Letter {
  const { accountName, what, micros: amount, method, credits: taken } = facts;
  const back = taken > 0 ? credits(taken) : money(amount);
  return {
    subject: `${money(amount)} could not be paid back`,
    heading: "A refund did not arrive",
    figure: { value: money(amount), words: `not taken by ${method}`, tone: "danger" },
    paragraphs: [
      `${money(amount)} of what the account ${accountName} paid for ${what} was on its way back, and the bank did not take it.`,
      `${back} that had gone back for it can be used again. Write to us and we find another way.`,
    ],
    action: { label: "Write to us", href: at("/support") },
    note: `${WHY} Mail about a payment that failed cannot be switched off.`,
  };
}

export function disputeOpenedLetter(facts: Facts<"dispute_opened">, at: At): Letter {
  const { accountName, what, micros: amount, purpose, taken, owed } = facts;
  const debt = owed > 0 ? ` ${amountOf(purpose, owed)} of it was used already and is owed.` : "";
  return {
    subject: `A bank disputes ${money(amount)}`,
    heading: "A bank took a payment back",
    figure: { value: money(amount), words: `disputed, for ${what}`, tone: "danger" },
    paragraphs: [
      `The bank behind a payment of the account ${accountName} took it back. ${amountOf(purpose, taken)} of that purchase was taken back too.${debt}`,
      "Nothing more can be spent until the bank has decided. If you asked your bank by mistake, tell it so: that is the quickest way on.",
    ],
    action: pageOf(purpose, at),
    note: `${WHY} Mail about a payment that failed cannot be switched off.`,
  };
}

export function disputeWonLetter(facts: Facts<"dispute_won">, at: At): Letter {
  const { accountName, what, micros: amount, purpose, whole } = facts;
  const words = whole
    ? `The bank decided that the payment of the account ${accountName} stands. What was taken back is there again, and nothing of it is owed.`
    : `The bank gave back a part of the payment of the account ${accountName}. Its share of the purchase is there again, less what was owed for it.`;
  return {
    subject: whole ? `The dispute about ${money(amount)} is over` : `${money(amount)} of a dispute came back`,
    heading: whole ? "Everything is as it was" : "A part came back",
    figure: { value: money(amount), words: `${whole ? "stays paid" : "paid again"}, for ${what}`, tone: "book" },
    paragraphs: [words],
    action: pageOf(purpose, at),
    note: `${WHY} Mail about a payment that failed cannot be switched off.`,
  };
}

export function disputeLostLetter(facts: Facts<"dispute_lost">, at: At): Letter {
  const { accountName, what, micros: amount, purpose, owed } = facts;
  return {
    subject: `The bank keeps ${money(amount)}`,
    heading: "The payment was taken back for good",
    figure: { value: money(amount), words: `taken back, for ${what}`, tone: "danger" },
    paragraphs: [
      `The bank decided against the payment of the account ${accountName}. What was taken back for it does not come again.`,
      owed > 0
        ? `${amountOf(purpose, owed)} is still owed. The next purchase pays it, and after that spending goes on.`
        : "Nothing is owed for it.",
    ],
    action: pageOf(purpose, at),
    note: `${WHY} Mail about a payment that failed cannot be switched off.`,
  };
}
