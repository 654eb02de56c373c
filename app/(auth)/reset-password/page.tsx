import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { AuthPage } from "../_components/auth-page";
import { ResetForm } from "./_components/reset-form";

export const metadata: Metadata = { title: "Choose another password", referrer: "no-referrer" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function ResetPasswordPage({ searchParams }: Props) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !token) {
    return (
      <AuthPage
        title="This link is incomplete."
        intro="Open it from the mail again, or ask for another one."
        look="ochre"
      >
        <ButtonLink href="/forgot-password">Ask for another link</ButtonLink>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title="Choose another password."
      intro="You will be signed out everywhere. API keys go on working."
      look="ochre"
    >
      <ResetForm token={token} />
    </AuthPage>
  );
}
