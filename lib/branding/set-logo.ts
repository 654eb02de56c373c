import { createHash } from "node:crypto";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { keep, requireBranding } from "./internal";
import { cleanPng } from "./png";
import { getBranding } from "./queries";
import type { Branding, SetLogo } from "./schema";

/** Takes a logo in place of the one before, written anew so that nothing but its dots is kept. */
export async function setLogo(ctx: Ctx<MemberActor>, { png }: SetLogo): Promise<Branding> {
  requireScope(ctx, "account:write");
  const logo = cleanPng(Buffer.from(png, "base64"));
  const logoHash = createHash("sha256").update(logo).digest("hex");
  return inTx(ctx, async (ctx) => {
    await requireBranding(ctx);
    await keep(ctx, { logo, logoHash }, ["logo"]);
    return getBranding(ctx);
  });
}
