import { type ErrorCode, STATUS } from "@/lib/errors";

/** What each code means to whoever gets it, and what to do. */
const ERROR_MEANING: Record<ErrorCode, string> = {
  invalid: "A field is missing, wrong or unknown. `details.fields` has a sentence for each.",
  unauthenticated: "Nobody is signed in, or the token has ended. Sign in again.",
  invalid_key: "The API key is mistyped, revoked or expired.",
  wrong_credentials: "E-mail and password do not belong together.",
  token_expired: "The token to a room has run out. Ask for another one.",
  payment_required: "There is not enough money or no plan for this. Nothing was charged.",
  subscription_required: "There is no active subscription that covers this. Nothing was begun.",
  card_declined: "The bank refused the card. `details.declineCode` says why where the bank did. Nothing was charged.",
  insufficient_credits:
    "There are not enough credits for this. `required` and `balance` say how many it takes and how many there are.",
  insufficient_funds: "The wallet holds too little for this. `required` and `balance` are in millionths of a dollar.",
  spending_limit:
    "This would go over a limit that the account set for itself. `details` says which. Nothing was taken.",
  cooling_off: "The account asked for a rest from spending. `details.until` says until when. Nothing was taken.",
  spending_frozen: "Spending is stopped on this account, usually after a dispute. Nothing was taken.",
  plan_limit: "The plan holds no more of it in this period. `limit` and `current` say how much there is.",
  banned: "The host does not let this person into the room again.",
  forbidden: "You are known, and may not do this. A key needs the scope, a person the role.",
  origin_not_allowed: "The request came from a web page that may not make it.",
  not_found: "There is no such thing, or it belongs to another account.",
  target_gone: "Who it was for is not in the room any more.",
  method_not_allowed: "The address exists and does not answer this method. `Allow` lists those it does.",
  conflict: "It does not fit the present state. Read it again, then decide.",
  email_taken: "Somebody has an account with this e-mail address.",
  same_plan: "The account has just this plan already.",
  already_subscribed: "The account has another plan of this family. Change that one.",
  plan_in_use: "The smaller plan does not hold what is in use; `details.over` says what.",
  quote_expired: "What the change costs is not what the preview said any more.",
  payment_method_required: "A saved card is needed first.",
  last_owner: "An account keeps at least one owner. Make somebody else owner first.",
  room_full:
    "Every seat is taken. `details.reason` says whether the plan or the way the call is carried sets their number.",
  room_locked: "The host has locked the room.",
  waiting: "Somebody inside has been asked to open the door.",
  already_in_room: "You are in a room already, here or on another device.",
  not_in_room: "You are not in that room.",
  idempotency_running: "The first request with this Idempotency-Key is still running. Try again after `Retry-After`.",
  length_required: "A form was sent without saying how long it is.",
  gone: "It was there and has ended, such as a link that was used.",
  link_spent: "The link has been used, has run out, or was taken back.",
  expired: "It is too late to come back as the same person. Join again.",
  too_large: "The body is larger than 1 MiB.",
  unsupported_type: "The body is not JSON.",
  misdirected: "This server does not answer for the host that was asked.",
  idempotency_mismatch: "This Idempotency-Key was used before, with another body.",
  rate_limited: "Too many requests. Wait for the seconds in `Retry-After`.",
  too_many_sockets: "So many sockets are open already, for this user, key or network. `details.limit` says how many.",
  header_too_large: "The request has too many headers.",
  internal: "A fault of ours. The request id helps us find it.",
  unavailable: "Not ready at the moment. Try again shortly.",
  outcome_unknown:
    "It is not known yet whether this went through. The same request with the same Idempotency-Key may be sent again.",
};

export type ErrorRow = { code: ErrorCode; status: number; meaning: string };

export const ERRORS: readonly ErrorRow[] = (Object.keys(STATUS) as ErrorCode[]) // an object literal has no other keys
  .map((code) => ({ code, status: STATUS[code], meaning: ERROR_MEANING[code] }))
  .sort((a, b) => a.status - b.status);

export const codesOf = (status: number): ErrorCode[] =>
  ERRORS.filter((row) => row.status === status).map(({ code }) => code);
