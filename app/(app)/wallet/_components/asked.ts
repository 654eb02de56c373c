import { ListMovements } from "@/lib/wallet/schema";

/** What the address asks of the history, as it was typed. */
export type Asked = { kind?: string; from?: string; to?: string; text?: string; cursor?: string };

const FIELDS = ["kind", "from", "to", "text", "cursor"] as const;
const SHOWN = 25;

export type Params = Record<string, string | string[] | undefined>;

/** Reads the address. One that cannot be read shows everything, and says which part was wrong. */
export function readAsked(params: Params): { asked: Asked; input: ListMovements; wrong: string | undefined } {
  const given = FIELDS.flatMap((field) => {
    const value = params[field];
    return typeof value === "string" && value.trim() !== "" ? [[field, value.trim()] as const] : [];
  });
  const asked: Asked = Object.fromEntries(given);
  const parsed = ListMovements.safeParse({ ...asked, limit: SHOWN });
  if (parsed.success) return { asked, input: parsed.data, wrong: undefined };
  return { asked: {}, input: ListMovements.parse({ limit: SHOWN }), wrong: parsed.error.issues[0]?.message };
}
