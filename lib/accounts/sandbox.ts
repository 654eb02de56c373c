import type { Id } from "@/lib/ids";

/** The house's own account, whose rooms anybody may try out. It has no members and pays for nothing. */
export const SANDBOX_ACCOUNT: Id<"account"> = "account_00000000000000000000000try";
