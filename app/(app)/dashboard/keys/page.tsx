import type { Metadata } from "next";
import { EmptyState } from "@/components/ui/empty-state";
import { pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { listKeys } from "@/lib/keys/queries";
import { ListKeys } from "@/lib/keys/schema";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { KeyDesk } from "./_components/key-desk";
import { KeyLedger } from "./_components/key-ledger";
import { keyRow } from "./_components/key-row";
import { KeysHead } from "./_components/keys-head";
import { RevokedKeys } from "./_components/revoked-keys";

export const metadata: Metadata = { title: "API keys" };

const REVOKED_SHOWN = 10;

type KeysPageProps = { searchParams: Promise<{ before?: string | string[] }> };

export default async function KeysPage({ searchParams }: KeysPageProps) {
  const ctx = await pageCtx();
  const { before } = await searchParams;
  const may = ROLE_SCOPES[ctx.actor.role];
  if (!may.includes("keys:read")) return <NotForThisRole words={ROLE_MEANING[ctx.actor.role]} />;

  const [live, revoked] = await Promise.all([
    listKeys(ctx),
    listKeys(ctx, {
      ...ListKeys.parse({ state: "revoked", limit: REVOKED_SHOWN }),
      ...(isId("key", before) && { cursor: before }),
    }),
  ]);
  const rows = live.apiKeys.map((key) => keyRow(key, ctx.now));

  return (
    <>
      {may.includes("keys:write") ? (
        <KeyDesk rows={rows} today={ctx.now.toISOString().slice(0, 10)} />
      ) : (
        <>
          <KeysHead />
          <KeyLedger
            rows={rows}
            empty={<EmptyState title="No key yet.">An owner or an admin of this account can create one.</EmptyState>}
          />
        </>
      )}
      {revoked.apiKeys.length > 0 && (
        <RevokedKeys
          rows={revoked.apiKeys.map((key) => keyRow(key, ctx.now))}
          nextHref={revoked.nextCursor ? `?before=${revoked.nextCursor}` : undefined}
        />
      )}
    </>
  );
}

const NotForThisRole = ({ words }: { words: string }) => (
  <>
    <KeysHead />
    <EmptyState title="Your role does not include keys." className="mt-7 sm:mt-10">
      Yours is for this: {words.toLowerCase()} An owner can change it.
    </EmptyState>
  </>
);
