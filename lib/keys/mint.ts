import { recordAudit } from "@/lib/audit/record";
import type { TxCtx } from "@/lib/ctx";
import { keys } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import type { KeyScope } from "@/lib/scopes";
import { requireRoomForKey } from "./internal";
import { queryFor } from "./rules";
import type { KeyLabel } from "./schema";
import { mintSecret } from "./secret";

export type MintKey = {
  accountId: Id<"account">;
  createdBy: Id<"user">;
  name: string;
  label: KeyLabel;
  scopes: KeyScope[];
  allowedOrigins?: string[];
  allowQuery?: boolean | undefined;
  expiresAt?: Date | null;
};

export type MintedKey = { id: Id<"key">; key: string; prefix: string; lastFour: string };

/** Makes a key. This answer is the only place where the secret ever stands. */
export async function mintKey(ctx: TxCtx, input: MintKey): Promise<MintedKey> {
  const { accountId, createdBy, name, label, scopes, allowedOrigins = [], expiresAt = null } = input;
  await requireRoomForKey(ctx, accountId);
  const { hash, ...secret } = mintSecret(label);
  const id = newId("key");
  const { key, prefix, lastFour } = secret;
  const allowQuery = queryFor(label, input.allowQuery);
  await ctx.db.insert(keys).values({
    id,
    accountId,
    createdBy,
    name,
    label,
    prefix,
    lastFour,
    secretHash: hash,
    scopes,
    allowedOrigins,
    allowQuery,
    expiresAt,
  });
  await recordAudit(ctx, {
    action: "key.created",
    target: id,
    accountId,
    detail: { name, label, prefix, scopes, allowedOrigins, expiresAt },
  });
  return { id, key, prefix, lastFour };
}
