import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, THEME_COOKIE } from "@/components/ui/theme";
import { visitor } from "@/lib/http/page";
import { Footer } from "./_components/footer";
import { Header } from "./_components/header";

export default async function MarketingLayout({ children }: { children: ReactNode }) {
  const [ctx, jar] = await Promise.all([visitor(), cookies()]);
  const isSignedIn = ctx !== undefined;
  return (
    <>
      <Header isSignedIn={isSignedIn} />
      <main id="content">{children}</main>
      <Footer isSignedIn={isSignedIn} theme={parseTheme(jar.get(THEME_COOKIE)?.value)} />
    </>
  );
}
