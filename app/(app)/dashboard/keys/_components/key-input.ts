import type { ActionError } from "@/lib/http/action";
import { KEY_SCOPES, type KeyScope } from "@/lib/scopes";

export type KeyInput = {
  name: string;
  scopes: KeyScope[];
  allowedOrigins: string[];
  expiresAt: string | null;
};

/** What the fields of a key hold, as the action wants it. */
export function keyInput(form: FormData): KeyInput {
  const ticked = form.getAll("scopes");
  const lastDay = text(form, "lastDay");
  return {
    name: text(form, "name"),
    scopes: KEY_SCOPES.filter((scope) => ticked.includes(scope)),
    allowedOrigins: text(form, "allowedOrigins")
      .split(/[\s,]+/)
      .filter(Boolean),
    expiresAt: lastDay ? `${lastDay}T23:59:59Z` : null,
  };
}

export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The sentence for a field or for the first wrong entry of its list. */
export function sentenceFor(error: ActionError | undefined, field: string): string | undefined {
  const entries = Object.entries(error?.fields ?? {});
  return entries.find(([name]) => name === field || name.startsWith(`${field}.`))?.[1];
}
