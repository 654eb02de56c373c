import { explained, StripeRefusal } from "../http/errors";
import { type Behaviour, behaviourOfNumber } from "./behaviours";

type CardInput = { number: string; exp_month: number; exp_year: number; cvc?: string | undefined };

/** Judges a typed card as Stripe does, and refuses real numbers: only the listed test cards are known here. */
export function checkCard(card: CardInput, now: Date): Behaviour {
  const number = card.number.replace(/[\s-]/g, "");
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number))
    throw wrong("incorrect_number", "Your card number is incorrect.", "number");
  if (card.exp_month < 1 || card.exp_month > 12)
    throw wrong("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  const year = card.exp_year < 100 ? card.exp_year + 2_000 : card.exp_year;
  if (year < now.getUTCFullYear() || year > now.getUTCFullYear() + 50)
    throw wrong("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  if (year === now.getUTCFullYear() && card.exp_month < now.getUTCMonth() + 1) {
    throw wrong("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  }
  if (card.cvc !== undefined && !/^\d{3,4}$/.test(card.cvc))
    throw wrong("invalid_cvc", "Your card's security code is invalid.", "cvc");
  const behaviour = behaviourOfNumber(number);
  if (behaviour) return behaviour;
  throw new StripeRefusal(402, {
    ...{ type: "card_error", ...explained("card_declined"), decline_code: "test_mode_live_card", param: "number" },
    message: "Your card was declined. The local Stripe takes the listed test cards only.",
  });
}

const wrong = (code: string, message: string, param: string): StripeRefusal =>
  new StripeRefusal(402, { type: "card_error", ...explained(code), message, param });

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...number].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
