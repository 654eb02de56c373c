import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { findInvitation } from "@/lib/accounts/queries";
import type { Ctx, UserActor } from "@/lib/ctx";
import { openCtx } from "@/lib/http/page";
import { getUser } from "@/lib/logins/queries";
import { ROLE_MEANING } from "@/lib/scopes";
import { formatDay } from "@/lib/time";
import { AuthPage } from "../../_components/auth-page";
import { carried } from "../../_components/next-path";
import { Accept } from "./_components/accept";
import { SpentInvitation } from "./_components/spent-invitation";
import { WrongPerson } from "./_components/wrong-person";

/** The address holds a secret, so it is kept out of search engines and of other sites' logs. */
export const metadata: Metadata = { title: "Invitation", robots: { index: false }, referrer: "no-referrer" };

type Props = { params: Promise<{ token: string }> };

export default async function InvitePage({ params }: Props) {
  const [ctx, { token }] = await Promise.all([openCtx(), params]);
  const invitation = await findInvitation(ctx, token);
  if (!invitation) notFound();
  if (invitation.state !== "open")
    return <SpentInvitation state={invitation.state} accountName={invitation.accountName} />;

  const me = isUser(ctx) ? await getUser(ctx) : undefined;
  const { accountName, inviterName, role, email, expiresAt } = invitation;
  const next = `/invite/${token}`;

  return (
    <AuthPage
      title={`Join ${accountName}.`}
      intro={`${inviterName} invites ${email} to this account.`}
      look="ochre"
      speaking
    >
      <dl className="border-t border-ink">
        <Line term="Your role">
          <b className="font-semibold capitalize">{role}</b>
          <span className="block text-ink-soft">{ROLE_MEANING[role]}</span>
        </Line>
        <Line term="Good until">
          <time dateTime={expiresAt.toISOString()}>{formatDay(expiresAt)}</time>
        </Line>
      </dl>
      <div className="mt-8">
        {!me && (
          <div className="flex flex-wrap gap-2">
            <ButtonLink href={carried("/login", { next })} size="big">
              Sign in to join
            </ButtonLink>
            <ButtonLink href={carried("/register", { next })} size="big" variant="line">
              Open an account
            </ButtonLink>
          </div>
        )}
        {me && me.email === email && <Accept token={token} accountName={accountName} />}
        {me && me.email !== email && <WrongPerson mine={me.email} theirs={email} />}
      </div>
    </AuthPage>
  );
}

const Line = ({ term, children }: { term: string; children: ReactNode }) => (
  <div className="grid gap-x-6 gap-y-1 border-b border-rule py-3 sm:grid-cols-[110px_1fr]">
    <dt className="text-ink-faint">{term}</dt>
    <dd>{children}</dd>
  </div>
);

const isUser = (ctx: Awaited<ReturnType<typeof openCtx>>): ctx is Ctx<UserActor> => ctx.actor.kind === "user";
