import { toCount } from "@/components/brand/amounts";
import { Stat } from "@/components/ui/stat";
import type { ListedKey } from "@/lib/keys/schema";
import { SCOPE_MEANING } from "@/lib/scopes";
import { formatAgo } from "@/lib/time";

const MOST_NAMED = 4;

type KeyFacts = Pick<ListedKey, "state" | "scopes" | "lastUsedAt">;

/** How many keys can act for the account, and what they may do between them. */
export function KeyCount({ keys, now }: { keys: KeyFacts[]; now: Date }) {
  const live = keys.filter(({ state }) => state === "live" || state === "retiring");
  return (
    <Stat
      size={76}
      className="mt-7 sm:mt-10"
      label={live.length === 1 ? "Key that can act for this account" : "Keys that can act for this account"}
      value={toCount(live.length)}
      note={
        live.length === 0
          ? "Nothing but a signed-in person can act for it."
          : `${powersOf(live)} ${lastUseOf(live, now)}`
      }
    />
  );
}

function powersOf(live: KeyFacts[]): string {
  const scopes = [...new Set(live.flatMap((key) => key.scopes))];
  const named = scopes.slice(0, MOST_NAMED).map((scope) => SCOPE_MEANING[scope].toLowerCase());
  const rest = scopes.length - named.length;
  return `${live.length === 1 ? "It may" : "Between them they may"} ${named.join(", ")}${rest > 0 ? ` and ${rest} more ${rest === 1 ? "thing" : "things"}` : ""}.`;
}

function lastUseOf(live: KeyFacts[], now: Date): string {
  const [latest] = live.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).sort((a, b) => b.getTime() - a.getTime());
  return latest ? `Last used ${formatAgo(latest, now)}.` : "Not used yet.";
}
