import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { keep, requireBranding } from "./internal";
import { getBranding } from "./queries";
import type { Branding, ChangeBranding } from "./schema";

/** Sets the name and the colours; what is not named stays. */
export async function changeBranding(ctx: Ctx<MemberActor>, input: ChangeBranding): Promise<Branding> {
  requireScope(ctx, "account:write");
  return inTx(ctx, async (ctx) => {
    await requireBranding(ctx);
    const { displayName, accent, ground } = input;
    const change = {
      ...(displayName !== undefined && { displayName }),
      ...(accent !== undefined && { accent }),
      ...(ground !== undefined && { ground }),
    };
    const changed = Object.keys(change);
    if (changed.length > 0) await keep(ctx, change, changed);
    return getBranding(ctx);
  });
}
