import type { Scope } from "@/lib/scopes";

export type SettingsPage = { href: string; label: string; scope?: Scope };

export const SETTINGS_PAGES: readonly SettingsPage[] = [
  { href: "/dashboard/settings", label: "Profile" },
  { href: "/dashboard/settings/password", label: "Password" },
  { href: "/dashboard/settings/logins", label: "Logins" },
  { href: "/dashboard/settings/mail", label: "Mail" },
  { href: "/dashboard/settings/members", label: "Members", scope: "members:read" },
  { href: "/dashboard/settings/branding", label: "Branding" },
  { href: "/dashboard/settings/danger", label: "Danger zone" },
];

/** Those below the first, which the rail has already. */
export const settingsFor = (scopes: readonly Scope[]): SettingsPage[] =>
  SETTINGS_PAGES.slice(1).filter(({ scope }) => !scope || scopes.includes(scope));
