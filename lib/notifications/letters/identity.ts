import type { Facts } from "@/lib/mail";
import { ROLE_MEANING } from "@/lib/scopes";
import type { Letter } from "./letter";

type WithLink = { name: string; link: string };

export const verifyEmailLetter = ({ name, link }: WithLink): Letter => ({
  subject: "Confirm your e-mail address",
  heading: `Is this you, ${name}?`,
  paragraphs: ["Somebody gave this address to Parley. If it was you, confirm it. The link works once, for three days."],
  action: { label: "Confirm the address", href: link },
  note: "If it was not you, leave this mail alone. The address stays unconfirmed.",
});

export const resetPasswordLetter = ({ name, link }: WithLink): Letter => ({
  subject: "Choose another password",
  heading: "Choose another password",
  paragraphs: [
    `${name}, somebody asked to reset the password of your Parley account. The link works once, for 30 minutes.`,
    "Choosing another password signs you out everywhere.",
  ],
  action: { label: "Choose a password", href: link },
  note: "If you did not ask for this, leave this mail alone. Your password stays as it is.",
});

export const passwordChangedLetter = ({ name, link }: WithLink): Letter => ({
  subject: "Your password was changed",
  heading: "Your password was changed",
  paragraphs: [
    `${name}, the password of your Parley account is another one now, and your other logins have ended.`,
    "API keys go on working. Look through them if you did not expect this mail.",
  ],
  action: { label: "Look through your keys", href: link },
  note: "If it was not you, ask for another password on the sign-in page at once.",
});

export const emailChangedLetter = ({ name, link }: WithLink): Letter => ({
  subject: "Your account has another e-mail address",
  heading: "Your account has another address",
  paragraphs: [`${name}, your Parley account was moved to another e-mail address. Mail to this one ends here.`],
  action: { label: "Open Parley", href: link },
  note: "If it was not you, answer to the operator of this Parley at once. Somebody knows your password.",
});

export const welcomeLetter = ({ name, link }: WithLink): Letter => ({
  subject: "Your address is confirmed",
  heading: "Your address is confirmed",
  paragraphs: [
    `Thank you, ${name}. Receipts, invitations and warnings come here from now on. Your settings say which, and nothing else comes.`,
    "Keys, members and logins are on your dashboard.",
  ],
  action: { label: "Open the dashboard", href: link },
  note: "You get this because you confirmed the address a moment ago.",
});

export const invitationLetter = ({ accountName, inviterName, role, link, expires }: Facts<"invitation">): Letter => ({
  subject: `${inviterName} invites you to ${accountName}`,
  heading: `Join ${accountName}`,
  paragraphs: [
    `${inviterName} invites you to the account ${accountName} on Parley, as ${role}. That means: ${ROLE_MEANING[role]}`,
    `The link works once, until ${expires}.`,
  ],
  action: { label: "See the invitation", href: link },
  note: "If you do not know who this is, leave this mail alone. Nothing happens.",
});
