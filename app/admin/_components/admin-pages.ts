/** Every page of the staff's own bar, in the order they are read. */
export const ADMIN_PAGES = [
  { href: "/admin/books", label: "Books" },
  { href: "/admin/payments", label: "Payments" },
  { href: "/admin/inbox", label: "Inbox" },
  { href: "/admin/support", label: "Support" },
] as const;
