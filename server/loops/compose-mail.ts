import { dressOf } from "@/lib/branding/dress";
import type { Ctx } from "@/lib/ctx";
import { env } from "@/lib/env";
import { composeReset } from "@/lib/logins/request-reset";
import type { QueuedMail } from "@/lib/mail";
import { resetPasswordLetter, verifyEmailLetter } from "@/lib/notifications/letters/identity";
import type { Letter } from "@/lib/notifications/letters/letter";
import { writeLetter } from "@/lib/notifications/letters/write";
import { findTaker } from "@/lib/notifications/queries";
import { renderLetter } from "@/lib/notifications/render";
import { isInTheAccountsName, optionalKindOf } from "@/lib/notifications/rules";
import type { Outgoing } from "@/lib/notifications/transport";
import { wayOutFor } from "@/lib/notifications/unsubscribe-link";
import { composeVerification } from "@/lib/registration/verify-email";

/** A mail as it leaves. Nothing when it is not wanted, or when the reason for it is gone by now or never was. */
export async function composeMail(ctx: Ctx, mail: QueuedMail): Promise<Omit<Outgoing, "reference"> | undefined> {
  const kind = optionalKindOf(mail.template);
  const taker = kind && (await findTaker(ctx, mail.to, kind));
  if (kind && !taker) return undefined;
  const letter = await write(ctx, mail);
  const wayOut = kind && taker ? wayOutFor({ userId: taker, kind }) : undefined;
  if (!letter) return undefined;
  const worn = mail.accountId && isInTheAccountsName(mail.template) ? await dressOf(ctx, mail.accountId) : undefined;
  return { ...renderLetter(letter, { wayOut, dress: worn?.dress }), to: mail.to, wayOut, logo: worn?.logo };
}

async function write(ctx: Ctx, mail: QueuedMail): Promise<Letter | undefined> {
  const at = (path: string) => `${env().publicUrl}${path}`;
  if (mail.template === "verify_email") {
    const secret = await composeVerification(ctx, { userId: mail.facts.userId, email: mail.to });
    return secret && verifyEmailLetter({ name: secret.name, link: at(`/verify-email?token=${secret.token}`) });
  }
  if (mail.template === "reset_password") {
    const secret = await composeReset(ctx, { email: mail.to });
    return secret && resetPasswordLetter({ name: secret.name, link: at(`/reset-password?token=${secret.token}`) });
  }
  return writeLetter(mail, at);
}
