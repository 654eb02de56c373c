import { KEY_SCOPES, ROLE_SCOPES, ROLES, USER_SCOPES } from "@/lib/scopes";
import type { Declaration } from "../registry";

type Asked = Pick<Declaration, "auth" | "scope">;

/** Whether an API key can ever do it: some scopes are for people alone. */
export const keyMay = ({ auth, scope }: Asked): boolean =>
  (auth === "key" || auth === "member" || auth === "joiner") &&
  (scope === undefined || KEY_SCOPES.some((name) => name === scope));

/** Who may call it, in one sentence. */
export function whoMay(asked: Asked): string {
  const { auth, scope } = asked;
  if (auth === "public") return "Anybody.";
  if (auth === "staff") return "Staff of the operator. For everybody else the address does not exist.";
  const key = scope ? `An API key with the scope ${scope}` : "An API key";
  if (auth === "key") return `${key}.`;
  if (auth === "joiner") return `${key}, somebody who signed in, or the holder of a token to the room.`;
  const person = `${keyMay(asked) ? "somebody" : "Somebody"} who signed in${rolesFor(scope)}`;
  return keyMay(asked) ? `${key}, or ${person}.` : `${person}.`;
}

export function securityOf(asked: Asked, underV1: boolean): Record<string, string[]>[] {
  if (asked.auth === "public") return [];
  const roles = asked.scope ? [asked.scope] : [];
  const byKey = keyMay(asked) ? [{ apiKey: roles }, ...(underV1 ? [{ apiKeyInAddress: roles }] : [])] : [];
  const byPerson =
    asked.auth === "key" ? [{ bearer: roles }] : [{ bearer: roles }, ...(underV1 ? [] : [{ browserCookie: roles }])];
  return [...byKey, ...byPerson];
}

function rolesFor(scope: string | undefined): string {
  const known = USER_SCOPES.find((name) => name === scope);
  const roles = known ? ROLES.filter((role) => ROLE_SCOPES[role].includes(known)) : [...ROLES];
  if (roles.length === ROLES.length) return "";
  return ` as ${roles.length > 1 ? `${roles.slice(0, -1).join(", ")} or ${roles.at(-1)}` : roles[0]}`;
}
