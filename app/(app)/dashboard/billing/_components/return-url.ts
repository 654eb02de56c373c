/** Where a bank that asks on a page of its own leads back to. The page shows by itself what came of it. */
export const returnUrl = (): string => `${window.location.origin}/dashboard/billing`;
