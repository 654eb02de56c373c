import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { getBranding } from "@/lib/branding/queries";
import { pageCtx } from "@/lib/http/page";
import { ROLE_SCOPES } from "@/lib/scopes";
import { BrandingDesk } from "./_components/branding-desk";

export const metadata = { title: "Branding" };

export default async function BrandingPage() {
  const ctx = await pageCtx();
  const branding = await getBranding(ctx);
  const mayChange = ROLE_SCOPES[ctx.actor.role].includes("account:write");

  return (
    <>
      {branding.right === "parley" && (
        <Notice
          title="Your own branding comes with Professional and Enterprise."
          action={
            <ButtonLink href="/pricing#rooms" variant="line" size="small">
              See the plans
            </ButtonLink>
          }
        >
          What you set is kept, and shown as soon as a plan has it.
        </Notice>
      )}
      <BrandingDesk key={branding.logo} branding={branding} mayChange={mayChange && branding.right !== "parley"} />
    </>
  );
}
