import {
  BookOpen,
  Coins,
  House,
  KeyRound,
  LifeBuoy,
  type LucideIcon,
  ReceiptText,
  Scale,
  Settings,
  Video,
  Wallet,
  Webhook,
} from "lucide-react";
import type { Scope } from "@/lib/scopes";

export type NavEntry = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Shown to those whose role may open it; without one, to everybody. */
  scope?: Scope;
  /** Shown to those who work for the operator, and to nobody else. */
  staffOnly?: boolean;
  /** Has a place in the bottom bar of a phone, which holds four and the menu. */
  onPhone: boolean;
};

/** Every page of the app's own rail, in the order they are read. */
export const NAV: readonly NavEntry[] = [
  { href: "/dashboard", label: "Overview", icon: House, onPhone: true },
  { href: "/wallet", label: "Wallet", icon: Wallet, scope: "billing:read", onPhone: true },
  { href: "/credits", label: "Credits", icon: Coins, scope: "billing:read", onPhone: true },
  { href: "/dashboard/rooms", label: "Rooms", icon: Video, scope: "rooms:read", onPhone: true },
  { href: "/dashboard/billing", label: "Billing", icon: ReceiptText, scope: "billing:read", onPhone: false },
  { href: "/dashboard/keys", label: "Keys", icon: KeyRound, scope: "keys:read", onPhone: false },
  { href: "/dashboard/webhooks", label: "Webhooks", icon: Webhook, scope: "webhooks:read", onPhone: false },
  { href: "/dashboard/settings", label: "Settings", icon: Settings, onPhone: false },
  { href: "/docs", label: "Docs", icon: BookOpen, onPhone: false },
  { href: "/support", label: "Support", icon: LifeBuoy, onPhone: false },
  { href: "/admin/books", label: "Books", icon: Scale, staffOnly: true, onPhone: false },
];

type Reader = { scopes: readonly Scope[]; isStaff: boolean };

export const navFor = ({ scopes, isStaff }: Reader): NavEntry[] =>
  NAV.filter(({ scope, staffOnly }) => (!scope || scopes.includes(scope)) && (!staffOnly || isStaff));

/** The overview is only itself; every other entry is also what lies below it. */
export const isCurrent = (href: string, path: string): boolean =>
  path === href || (href !== "/dashboard" && path.startsWith(`${href}/`));
