import type { MyAccount } from "@/lib/accounts/schema";
import type { Scope } from "@/lib/scopes";

/** Whom the shell is drawn for, as plain values. */
export type Who = {
  userId: string;
  name: string;
  email: string;
  /** The account acted for, which is also one of `accounts`. */
  account: Pick<MyAccount, "id" | "name" | "kind" | "role">;
  accounts: MyAccount[];
  scopes: readonly Scope[];
  /** What the account may spend. Null for those whose role does not include it. */
  credits: number | null;
  isStaff: boolean;
};
