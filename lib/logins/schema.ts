import { z } from "zod";
import { Email, idSchema } from "@/lib/input";

const SHORTEST = 8;
const LONGEST = 200;

/** A password that somebody is about to have. Its length is the only rule about its shape. */
export const NewPassword = z
  .string()
  .min(SHORTEST, `A password has at least ${SHORTEST} characters.`)
  .max(LONGEST, `A password has at most ${LONGEST} characters.`);

/** A password that somebody says they have. */
export const KnownPassword = z
  .string()
  .min(1, "Enter your password.")
  .max(LONGEST, `A password has at most ${LONGEST} characters.`);

const MailSecret = z
  .string()
  .min(1, "The link is incomplete. Open it from the mail again.")
  .max(200, "This is not a link of ours.");

export const User = z.object({
  id: idSchema("user"),
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  createdAt: z.date(),
});
export type User = z.output<typeof User>;

export const SignIn = z.strictObject({ email: Email, password: KnownPassword });
export type SignIn = z.output<typeof SignIn>;

export const Login = z.object({
  id: idSchema("login"),
  via: z.enum(["browser", "api"]).describe("Whether it lives in a browser's cookie or in a token"),
  device: z.string(),
  ip: z.string(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  isCurrent: z.boolean(),
});
export type Login = z.output<typeof Login>;
export const Logins = z.object({ logins: z.array(Login) });

export const LoginParams = z.strictObject({ id: idSchema("login") });
export type LoginParams = z.output<typeof LoginParams>;

export const EndLogins = z.strictObject({
  including: z.literal("this").optional().describe("`this` ends the login that asks, too"),
});
export type EndLogins = z.output<typeof EndLogins>;
export const EndedLogins = z.object({ ended: z.number().int().describe("How many logins ended") });
export type EndedLogins = z.output<typeof EndedLogins>;

export const ChangePassword = z.strictObject({ currentPassword: KnownPassword, newPassword: NewPassword });
export type ChangePassword = z.output<typeof ChangePassword>;

export const RequestReset = z.strictObject({ email: Email });
export type RequestReset = z.output<typeof RequestReset>;

export const ResetPassword = z.strictObject({ token: MailSecret, password: NewPassword });
export type ResetPassword = z.output<typeof ResetPassword>;

export const VerifyEmail = z.strictObject({ token: MailSecret });
export type VerifyEmail = z.output<typeof VerifyEmail>;

export const Done = z.object({ ok: z.literal(true) });
export type Done = z.output<typeof Done>;
export const done: Done = { ok: true };

export const NoInput = z.strictObject({});
