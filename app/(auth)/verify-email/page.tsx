import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { AuthPage } from "../_components/auth-page";
import { VerifyForm } from "./_components/verify-form";

export const metadata: Metadata = { title: "Confirm your address", referrer: "no-referrer" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function VerifyEmailPage({ searchParams }: Props) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !token) {
    return (
      <AuthPage
        title="This link is incomplete."
        intro="Open it from the mail again, or have it sent once more from your settings."
        look="clay"
      >
        <ButtonLink href="/dashboard/settings">To your settings</ButtonLink>
      </AuthPage>
    );
  }
  return (
    <AuthPage title="Confirm your address." intro="One press, and receipts and invitations can reach you." look="clay">
      <VerifyForm token={token} />
    </AuthPage>
  );
}
