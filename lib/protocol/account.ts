import { z } from "zod";

/** What of an account changed. The news carries no facts of its own: a page that hears it fetches again. */
export type AccountChange =
  | ("account" | "members" | "keys" | "webhooks" | "support" | "rooms" | "plans" | "invoices" | "usage")
  | ("credits" | "wallet" | "payments" | "cards");

/** What the server tells every page that is open for an account. A page opened earlier lives with words it does not know. */
export const accountEvents = {
  "account:changed": z.object({ what: z.string() }),
  "login:ended": z.object({}),
  /** This server is about to go; the socket comes back to another one, or to this one once it is up again. */
  "server:draining": z.object({}),
} as const;

export type ServerEvents = {
  [K in keyof typeof accountEvents]: (body: z.output<(typeof accountEvents)[K]>) => void;
};

/** Nothing is asked over this line. */
export type ClientEvents = Record<never, never>;
