import { z } from "zod";
import { idSchema } from "@/lib/input";
import { ROLES } from "@/lib/scopes";

/** Money travels in whole micros and instants as ISO text: the words are made when the mail leaves. */
const money = z.int();
const instant = z.iso.datetime();
const named = z.object({ name: z.string() });
const ofAccount = z.object({ accountName: z.string() });
const priced = { micros: money, interval: z.enum(["month", "year"]) };
const quota = ofAccount.extend({
  /** What is counted, in the plural: "rooms", "minutes". */
  what: z.string(),
  used: z.int(),
  limit: z.int(),
  resetsAt: instant,
});

const paidBack = ofAccount.extend({
  /** What had been bought: "Pro package". */
  what: z.string(),
  micros: money,
  method: z.string(),
  /** What went back for it; none of a wallet. */
  credits: z.int(),
});
const disputed = ofAccount.extend({ what: z.string(), micros: money, purpose: z.enum(["credits", "wallet"]) });

const mail = <T extends string, F extends z.ZodType>(template: T, facts: F) =>
  z.object({
    template: z.literal(template),
    to: z.email(),
    facts,
    /** Whose mail it is, where it is about an account. */
    accountId: idSchema("account").optional(),
  });

/** What waits in the outbox. Secrets are not in it: they are made as the mail leaves. */
export const QueuedMail = z.discriminatedUnion("template", [
  mail("verify_email", z.object({ userId: idSchema("user") })),
  mail("reset_password", z.object({})),
  mail("password_changed", named),
  mail("email_changed", named),
  mail("welcome", named),
  mail(
    "invitation",
    ofAccount.extend({ inviterName: z.string(), role: z.enum(ROLES), link: z.url(), expires: z.string() }),
  ),
  mail(
    "receipt",
    ofAccount.extend({
      number: z.string(),
      paidAt: instant,
      /** How it was paid: "Visa ending 4242". */
      method: z.string(),
      lines: z.array(z.object({ label: z.string(), micros: money })),
      totalMicros: money,
      /** Where the receipt is, below our own address. */
      path: z.string().startsWith("/"),
    }),
  ),
  mail(
    "payment_failed",
    ofAccount.extend({
      /** What was to be paid: "Rooms Professional, November 2026". */
      what: z.string(),
      micros: money,
      method: z.string(),
      /** The bank's reason as a sentence. */
      reason: z.string(),
      nextTryAt: instant.nullable(),
      /** When what is not paid for stops. */
      endsAt: instant.nullable(),
    }),
  ),
  mail(
    "auto_top_up_failed",
    ofAccount.extend({ micros: money, balanceMicros: money, method: z.string(), reason: z.string() }),
  ),
  mail("refund_made", paidBack.extend({ path: z.string().startsWith("/") })),
  mail("refund_failed", paidBack),
  // Credits, or micros of a wallet.
  mail("dispute_opened", disputed.extend({ taken: z.int(), owed: z.int() })),
  mail("dispute_won", disputed.extend({ whole: z.boolean().default(true) })),
  mail("dispute_lost", disputed.extend({ owed: z.int() })),
  mail("card_expiring", ofAccount.extend({ method: z.string(), lastDay: instant })),
  mail("trial_ending", ofAccount.extend({ plan: z.string(), endsAt: instant, ...priced })),
  mail("plan_changed", ofAccount.extend({ from: z.string(), to: z.string(), startsAt: instant, ...priced })),
  mail("quota_warning", quota),
  mail("quota_reached", quota),
  mail("subscription_cancelled", ofAccount.extend({ plan: z.string(), endsAt: instant })),
  mail("support_answered", z.object({ requestId: idSchema("support"), subject: z.string(), answer: z.string() })),
  mail(
    "endpoint_disabled",
    ofAccount.extend({
      endpointId: idSchema("endpoint"),
      url: z.url(),
      reason: z.enum(["gone", "failing"]),
      since: instant,
    }),
  ),
]);
export type QueuedMail = z.output<typeof QueuedMail>;
export type Template = QueuedMail["template"];
export type Facts<T extends Template> = Extract<QueuedMail, { template: T }>["facts"];
