import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { keep } from "./internal";
import { getBranding } from "./queries";
import type { Branding } from "./schema";

/** Also where the plan no longer shows it: what is theirs can always be taken away. */
export async function removeLogo(ctx: Ctx<MemberActor>): Promise<Branding> {
  requireScope(ctx, "account:write");
  return inTx(ctx, async (ctx) => {
    const { logo } = await getBranding(ctx);
    if (logo !== null) await keep(ctx, { logo: null, logoHash: null }, ["logo"]);
    return getBranding(ctx);
  });
}
