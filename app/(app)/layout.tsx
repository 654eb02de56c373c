import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";
import { parseTheme, THEME_COOKIE } from "@/components/ui/theme";
import { listMyAccounts } from "@/lib/accounts/queries";
import { creditsOf } from "@/lib/credits/queries";
import { pageCtx } from "@/lib/http/page";
import { getUser } from "@/lib/logins/queries";
import { ROLE_SCOPES } from "@/lib/scopes";
import { BottomBar } from "./_components/bottom-bar";
import { LiveRefresh } from "./_components/live-refresh";
import { Rail } from "./_components/rail";
import { ShellProvider } from "./_components/shell-provider";
import { StandingNotices } from "./_components/standing-notices";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const ctx = await pageCtx();
  const { userId, accountId, role, isStaff } = ctx.actor;
  const scopes = ROLE_SCOPES[role];
  const [me, accounts, credits, jar] = await Promise.all([
    getUser(ctx),
    listMyAccounts(ctx),
    scopes.includes("billing:read") ? creditsOf(ctx, accountId) : null,
    cookies(),
  ]);
  const account = accounts.find(({ current }) => current) ?? {
    id: accountId,
    name: me.name,
    kind: "personal" as const,
    role,
  };
  const who = { userId, name: me.name, email: me.email, account, accounts, scopes, credits, isStaff };

  return (
    <ShellProvider who={who} theme={parseTheme(jar.get(THEME_COOKIE)?.value)}>
      <SkipLink />
      <LiveRefresh />
      <div className="min-h-dvh sm:grid sm:grid-cols-[76px_minmax(0,1fr)] min-[68.75rem]:grid-cols-[232px_minmax(0,1fr)]">
        <Rail />
        <main
          id="content"
          tabIndex={-1}
          className="w-full max-w-[1240px] min-w-0 px-[clamp(20px,4.5vw,72px)] pb-24 outline-none max-sm:pb-28"
        >
          <StandingNotices ctx={ctx} />
          {children}
        </main>
        <BottomBar />
      </div>
    </ShellProvider>
  );
}
