import Link from "next/link";
import { redirect } from "next/navigation";
import { Notice } from "@/components/ui/notice";
import { visitor } from "@/lib/http/page";
import { AuthPage } from "../_components/auth-page";
import { carried, nextPath } from "../_components/next-path";
import { LoginForm } from "./_components/login-form";

export const metadata = { title: "Sign in" };

type Asked = { next?: string | string[]; plan?: string | string[]; ended?: string | string[] };
type Props = { searchParams: Promise<Asked> };

export default async function LoginPage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([visitor(), searchParams]);
  const next = nextPath(asked.next);
  if (ctx) redirect(next);
  const plan = typeof asked.plan === "string" ? asked.plan : undefined;

  return (
    <AuthPage
      title="Sign in."
      intro={
        <>
          New here? <Link href={carried("/register", { next, plan })}>Open an account</Link>
        </>
      }
      look="fern"
      speaking
    >
      {asked.ended && <Notice className="mb-7" title="You are signed out." />}
      <LoginForm next={next} forgotHref={carried("/forgot-password", { next })} />
    </AuthPage>
  );
}
