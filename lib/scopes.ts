export const ROLES = ["owner", "admin", "billing", "member"] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_MEANING: Record<Role, string> = {
  owner: "Everything, and may close the account.",
  admin: "Everything but closing the account and making owners.",
  billing: "Plans, payments and usage.",
  member: "Rooms and usage. Sees keys, makes none.",
};

/** What an API key may be allowed to do. Nothing is allowed unless it is named. */
export const KEY_SCOPES = [
  "rooms:read",
  "rooms:write",
  "rooms:join",
  "gateway:call",
  "usage:read",
  "usage:write",
  "billing:read",
  "billing:portal",
  "billing:cancel",
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export const SCOPE_MEANING: Record<KeyScope, string> = {
  "rooms:read": "See rooms",
  "rooms:write": "Open and delete rooms",
  "rooms:join": "Join rooms",
  "gateway:call": "Call the gateway",
  "usage:read": "Read usage",
  "usage:write": "Report usage",
  "billing:read": "Read billing",
  "billing:portal": "Open the billing portal",
  "billing:cancel": "Cancel a subscription",
};

/** What only a person who signed in can do, whatever key they hold. */
export const USER_SCOPES = [
  ...KEY_SCOPES,
  "account:read",
  "account:write",
  "account:close",
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "billing:write",
  "audit:read",
  "webhooks:read",
  "webhooks:write",
] as const;
export type Scope = (typeof USER_SCOPES)[number];

/** The key made at registration: it runs rooms and the gateway, and cannot change what is paid. */
export const FIRST_KEY_SCOPES: KeyScope[] = [...KEY_SCOPES];

/** What a key gets that was made without a word about it: to work, and to change nothing that is paid. */
export const WORKING_SCOPES: KeyScope[] = ["rooms:read", "rooms:write", "rooms:join", "gateway:call", "usage:read"];

/** What is left of a secret key once it is seen in a browser. */
export const BROWSER_SCOPES: KeyScope[] = ["rooms:read", "rooms:write", "rooms:join", "usage:read"];

/** All that a publishable key can ever hold. */
export const PUBLISHABLE_SCOPES: KeyScope[] = ["rooms:join"];

const everythingBut = (...left: Scope[]): readonly Scope[] => USER_SCOPES.filter((scope) => !left.includes(scope));

export const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  owner: USER_SCOPES,
  admin: everythingBut("account:close"),
  billing: [
    "account:read",
    "members:read",
    "usage:read",
    "billing:read",
    "billing:portal",
    "billing:cancel",
    "billing:write",
  ],
  member: [
    "account:read",
    "members:read",
    "keys:read",
    "rooms:read",
    "rooms:write",
    "rooms:join",
    "gateway:call",
    "usage:read",
  ],
};
