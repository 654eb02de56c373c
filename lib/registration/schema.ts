import { z } from "zod";
import { Email, idSchema, line } from "@/lib/input";
import { isImported } from "@/lib/logins/rules";
import { KnownPassword, NewPassword, User } from "@/lib/logins/schema";
import { ROLES } from "@/lib/scopes";
import { Money, ToConfirm } from "@/lib/subscriptions/schema";
import { isPlanName } from "./rules";

export const PersonName = line(80, "name");

export const Register = z.strictObject({
  name: PersonName,
  email: Email,
  password: NewPassword,
  plan: z
    .string()
    .max(40)
    .refine(isPlanName, "There is no such plan.")
    .optional()
    .describe("A plan to take up: `rooms-professional`, or `professional` in the words of the address"),
});
export type Register = z.output<typeof Register>;

export const ImportUser = z.strictObject({
  name: PersonName,
  email: Email,
  passwordHash: z
    .string()
    .refine(isImported, "Hashes by bcrypt ($2a$, $2b$ or $2y$) with a cost of 4 to 14 are taken."),
  emailVerified: z.boolean().default(false),
});
export type ImportUser = z.output<typeof ImportUser>;

const balance = z.number().int().meta({ description: "Prepaid credits" });

/** The account that somebody acts for, and as what. */
export const OwnAccount = z.object({
  id: idSchema("account"),
  name: z.string(),
  kind: z.enum(["personal", "team"]),
  role: z.enum(ROLES),
});
export type OwnAccount = z.output<typeof OwnAccount>;

export const Registered = z.object({
  user: User,
  account: OwnAccount,
  token: z.string(),
  apiKey: z.object({ key: z.string(), note: z.string() }),
  creditBalance: balance,
  plan: z
    .object({
      planId: z.string(),
      title: z.string(),
      price: Money.describe("For a month"),
      due: Money.describe("What still has to be paid before the plan begins"),
      status: z
        .string()
        .describe("That of the subscription; `new` where Stripe could not be asked and it is begun later"),
      subscriptionId: idSchema("subscription").nullable(),
      confirm: ToConfirm.describe("What Stripe.js confirms"),
    })
    .nullable()
    .describe("Of the plan that was asked for. It gives nothing before it is paid"),
});
export type Registered = z.output<typeof Registered>;

export const LoggedIn = z.object({
  user: User,
  token: z.string(),
  apiKeys: z.array(z.string()),
  creditBalance: balance,
});
export type LoggedIn = z.output<typeof LoggedIn>;

export const Profile = z.object({
  user: User,
  account: OwnAccount,
  creditBalance: balance,
});
export type Profile = z.output<typeof Profile>;

export const ChangeProfile = z
  .strictObject({
    name: PersonName.optional(),
    email: Email.optional(),
    currentPassword: KnownPassword.optional().describe("Asked for when the e-mail address changes"),
  })
  .refine(({ name, email }) => name !== undefined || email !== undefined, {
    path: ["name"],
    message: "Send a name or an email to change.",
  });
export type ChangeProfile = z.output<typeof ChangeProfile>;

export const VerifiedEmail = z.object({ email: z.string() });
export type VerifiedEmail = z.output<typeof VerifiedEmail>;
