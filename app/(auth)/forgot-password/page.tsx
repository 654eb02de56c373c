import Link from "next/link";
import { env } from "@/lib/env";
import { AuthPage } from "../_components/auth-page";
import { carried, nextPath } from "../_components/next-path";
import { ForgotForm } from "./_components/forgot-form";

export const metadata = { title: "Forgot the password" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function ForgotPasswordPage({ searchParams }: Props) {
  const next = nextPath((await searchParams).next);
  const { isProduction, SMTP_URL } = env();
  return (
    <AuthPage
      title="Choose another password."
      intro={
        <>
          We mail you a link for it. Remembered it? <Link href={carried("/login", { next })}>Sign in</Link>
        </>
      }
      look="ochre"
    >
      <ForgotForm mailboxHref={isProduction || SMTP_URL ? undefined : "/local/mailbox"} />
    </AuthPage>
  );
}
