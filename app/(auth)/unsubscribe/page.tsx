import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { MAIL_KINDS } from "@/lib/notifications/rules";
import { readToken } from "@/lib/notifications/unsubscribe-link";
import { AuthPage } from "../_components/auth-page";
import { UnsubscribeForm } from "./_components/unsubscribe-form";

export const metadata: Metadata = { title: "Mail you do not want", referrer: "no-referrer", robots: { index: false } };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

/** Opening it changes nothing: mail programs open links by themselves. */
export default async function UnsubscribePage({ searchParams }: Props) {
  const { token } = await searchParams;
  const leaver = typeof token === "string" ? readToken(token) : undefined;
  if (typeof token !== "string" || !leaver) {
    return (
      <AuthPage
        title="This link is incomplete."
        intro="Copy it from the mail again, or choose in your settings what is mailed."
        look="clay"
      >
        <ButtonLink href="/dashboard/settings/mail">To your settings</ButtonLink>
      </AuthPage>
    );
  }
  const { label, words } = MAIL_KINDS[leaver.kind];
  return (
    <AuthPage
      title="No more of this mail?"
      intro={
        <>
          <b className="font-semibold text-ink">{label}.</b> {words} Everything else goes on coming.
        </>
      }
      look="clay"
    >
      <UnsubscribeForm token={token} label={label} />
    </AuthPage>
  );
}
