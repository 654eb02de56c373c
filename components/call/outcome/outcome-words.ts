import type { CallErrorCode } from "@/lib/rtc/error";
import type { Ended } from "@/lib/rtc/state";

export type Outcome = {
  /** How the call ended, or why it did not begin. */
  reason: Ended["reason"] | CallErrorCode | "no_link";
  message: string;
};

type Step = "rejoin" | "move" | "retry" | "sign-in" | "plans";

export type OutcomeWords = {
  title: string;
  words: string;
  /** What leads on, the likeliest first. */
  next: (Step | "rooms" | "home")[];
};

type Said = { title: string; words: string; forMembers?: string; next?: Step[]; memberNext?: Step[] };

const MOVED: Said = {
  title: "This call is open on another device.",
  words: "You are in it once at a time. Bring it here, and it ends over there.",
  next: ["move"],
};

const NO_LINK: Said = {
  title: "This room needs a link.",
  words: "Open the link you were sent, whole, or sign in to your own rooms.",
  next: ["sign-in"],
};

const SAID: Partial<Record<Outcome["reason"], Said>> = {
  left: { title: "You left the call.", words: "The others can go on without you.", next: ["rejoin"] },
  replaced: MOVED,
  already_in_room: MOVED,
  kicked: { title: "You were removed from the call.", words: "The host took you out. Ask them before you come back." },
  banned: { title: "You were removed for good.", words: "The host does not let you into this room again." },
  ended: {
    title: "The host ended the call.",
    words: "Nothing runs on. The room is still there for the next one.",
    next: ["rejoin"],
  },
  deleted: { title: "This room was deleted.", words: "The call has ended for everybody." },
  room_not_found: {
    title: "There is no such room.",
    words: "It may have been deleted. Check the address, or ask whoever invited you.",
  },
  room_full: {
    title: "The room is full.",
    words: "As soon as somebody leaves, there is a place for you.",
    next: ["retry"],
  },
  room_locked: { title: "The room is locked.", words: "The host lets nobody else in just now.", next: ["retry"] },
  link_spent: { title: "This link is used up.", words: "It was for one person, or has run out. Ask for another one." },
  plan_limit: {
    title: "The minutes of this plan are used up.",
    words: "Whoever invited you can open the room again.",
    forMembers: "Calls begin again with the next period, or with a larger plan.",
    memberNext: ["plans"],
  },
  subscription_required: {
    title: "This room has no plan.",
    words: "Whoever invited you has to renew theirs.",
    forMembers: "Choose one, and calls begin at once.",
    memberNext: ["plans"],
  },
  forbidden: {
    title: "Nobody let you in this time.",
    words: "You can knock again, or write to whoever invited you.",
    next: ["retry"],
  },
  no_link: NO_LINK,
  unauthorized: NO_LINK,
  token_expired: NO_LINK,
  flood: {
    title: "You were cut off.",
    words: "Your browser sent far too much at once. Wait a minute.",
    next: ["retry"],
  },
};

/** What a page says at the end of a call or at a door that stays shut: what happened, and the one thing to do. */
export function outcomeWords({ reason, message }: Outcome, isMember: boolean): OutcomeWords {
  const home = isMember ? "rooms" : "home";
  const said = SAID[reason];
  if (!said)
    return { title: "The call was lost.", words: message || "The server cannot be reached.", next: ["rejoin", home] };
  const { title, words, forMembers, next = [], memberNext = next } = said;
  return { title, words: (isMember && forMembers) || words, next: [...(isMember ? memberNext : next), home] };
}
