import { z } from "zod";
import { Email, idSchema, line, Page } from "@/lib/input";
import { ROLES } from "@/lib/scopes";

const NAME_LENGTH = 80;

const RoleName = z.enum(ROLES);
const AccountName = line(NAME_LENGTH, "name");
const AccountKind = z.enum(["personal", "team"]);

export const Account = z.object({
  id: idSchema("account"),
  name: z.string(),
  kind: AccountKind,
  createdAt: z.date(),
  role: RoleName.describe("What the asking user may do there"),
  members: z.number().int(),
});
export type Account = z.output<typeof Account>;

export const MyAccount = Account.pick({ id: true, name: true, kind: true, role: true }).extend({
  current: z.boolean().describe("Whether this login acts for it"),
});
export type MyAccount = z.output<typeof MyAccount>;
export const MyAccounts = z.object({ accounts: z.array(MyAccount) });

export const CreateTeam = z.strictObject({ name: AccountName });
export type CreateTeam = z.output<typeof CreateTeam>;

export const RenameAccount = z.strictObject({ name: AccountName });
export type RenameAccount = z.output<typeof RenameAccount>;

export const NamedAccount = z.object({ id: idSchema("account"), name: z.string() });
export type NamedAccount = z.output<typeof NamedAccount>;

export const SwitchAccount = z.strictObject({ accountId: idSchema("account") });
export type SwitchAccount = z.output<typeof SwitchAccount>;

export const CloseAccount = z.strictObject({
  confirm: z
    .string()
    .max(NAME_LENGTH * 4)
    .describe("The account's name"),
});
export type CloseAccount = z.output<typeof CloseAccount>;

export const ClosedAccount = z.object({ closed: idSchema("account"), userClosed: z.boolean() });
export type ClosedAccount = z.output<typeof ClosedAccount>;

export const ListMembers = Page.extend({ cursor: idSchema("user").optional() });
export type ListMembers = z.output<typeof ListMembers>;

export const Member = z.object({
  userId: idSchema("user"),
  name: z.string(),
  email: z.string().nullable().describe("Shown to those who manage members, and to each about themselves"),
  role: RoleName,
  joinedAt: z.date(),
  you: z.boolean(),
});
export type Member = z.output<typeof Member>;
export const MemberPage = z.object({ members: z.array(Member), nextCursor: z.string().nullable() });
export type MemberPage = z.output<typeof MemberPage>;

export const MemberParams = z.strictObject({ userId: idSchema("user") });
export type MemberParams = z.output<typeof MemberParams>;
export const NewRole = z.strictObject({ role: RoleName });
export const ChangeRole = MemberParams.extend(NewRole.shape);
export type ChangeRole = z.output<typeof ChangeRole>;
export const MemberRole = z.object({ userId: idSchema("user"), role: RoleName });
export type MemberRole = z.output<typeof MemberRole>;

export const RemovedMember = z.object({ removed: idSchema("user") });
export type RemovedMember = z.output<typeof RemovedMember>;

export const NoInput = z.strictObject({});

export const LeftAccount = z.object({
  left: idSchema("account"),
  accountId: idSchema("account").describe("What this user's logins act for from here on"),
});
export type LeftAccount = z.output<typeof LeftAccount>;

export const Invite = z.strictObject({ email: Email, role: RoleName });
export type Invite = z.output<typeof Invite>;

export const Invitation = z.object({
  id: idSchema("invite"),
  email: z.string(),
  role: RoleName,
  invitedBy: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  expired: z.boolean(),
});
export type Invitation = z.output<typeof Invitation>;
export const Invitations = z.object({ invitations: z.array(Invitation) });

export const InvitationParams = z.strictObject({ id: idSchema("invite") });
export type InvitationParams = z.output<typeof InvitationParams>;
export const RevokedInvitation = z.object({ revoked: idSchema("invite") });
export type RevokedInvitation = z.output<typeof RevokedInvitation>;

/** What the mail's link opens, before anybody accepts. */
export const InvitationCard = z.object({
  accountName: z.string(),
  inviterName: z.string(),
  role: RoleName,
  email: z.string(),
  expiresAt: z.date(),
  state: z.enum(["open", "accepted", "revoked", "expired"]),
});
export type InvitationCard = z.output<typeof InvitationCard>;

export const AcceptInvitation = z.strictObject({
  token: z.string().min(1).max(100).describe("From the link in the mail"),
});
export type AcceptInvitation = z.output<typeof AcceptInvitation>;
export const Joined = NamedAccount.extend({ role: RoleName });
export type Joined = z.output<typeof Joined>;
