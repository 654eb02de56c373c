import type { ReactNode } from "react";
import { pageCtx } from "@/lib/http/page";
import { ROLE_SCOPES } from "@/lib/scopes";
import { PageHead } from "../../_components/page-head";
import { SettingsTabs } from "./_components/settings-tabs";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageCtx();
  return (
    <>
      <PageHead title="Settings" />
      <SettingsTabs scopes={ROLE_SCOPES[actor.role]} />
      <div className="pt-8">{children}</div>
    </>
  );
}
