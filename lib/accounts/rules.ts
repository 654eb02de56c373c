import { AppError, invalid } from "@/lib/errors";
import type { Role } from "@/lib/scopes";
import { days } from "@/lib/time";

export const INVITATION_LIFE_MS = days(7);

/** Invitations of one account that are neither accepted nor revoked. */
export const MOST_OPEN_INVITATIONS = 50;

/** Whether somebody with one role may bring in, change or remove somebody with the other. */
export const mayManage = (mine: Role, theirs: Role): boolean =>
  mine === "owner" || (mine === "admin" && theirs !== "owner");

/** The roles that somebody with this role may give. */
export const grantableRoles = (mine: Role, kind: AccountKind): Role[] =>
  (["admin", "billing", "member", "owner"] satisfies Role[]).filter(
    (role) => mayManage(mine, role) && (role !== "owner" || kind === "team"),
  );

export type AccountKind = "personal" | "team";

/** Refuses a role that this caller may not give, or that this kind of account does not have twice. */
export function requireGrantable(mine: Role, role: Role, kind: AccountKind): void {
  if (!mayManage(mine, role)) throw new AppError("forbidden", "Only an owner can make somebody an owner.");
  if (role === "owner" && kind === "personal")
    throw invalid({ role: "A personal account has one owner. Make a team to share it." });
}

export function requireManageable(mine: Role, theirs: Role): void {
  if (!mayManage(mine, theirs)) throw new AppError("forbidden", "Only an owner can change or remove an owner.");
}

/** An account never stands without an owner. Judge it while the account is locked. */
export function requireOwnerLeft(owners: number, kind: AccountKind): void {
  if (owners > 1) return;
  throw new AppError(
    "last_owner",
    kind === "personal"
      ? "This is a personal account: its person stays its owner. It can be closed, not left."
      : "An account needs an owner. Make somebody else an owner first, or close the account.",
  );
}
