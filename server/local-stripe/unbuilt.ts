/** Operations of the contract that this server does not have. It says so instead of answering 404. */
export const unbuilt: string[] = [];

/** What Stripe sells beside this contract. A path below one of these is known, and not built. */
export const unbuiltFamilies: string[] = [
  ...["/v1/account_sessions", "/v1/apple_pay", "/v1/apps", "/v1/climate"],
  ...["/v1/country_specs", "/v1/credit_notes", "/v1/crypto", "/v1/entitlements", "/v1/ephemeral_keys"],
  ...["/v1/exchange_rates", "/v1/file_links", "/v1/files", "/v1/financial_connections", "/v1/forwarding"],
  ...["/v1/identity", "/v1/invoice_rendering_templates", "/v1/issuing", "/v1/payment_attempt_records"],
  ...["/v1/payment_links", "/v1/payment_method_configurations", "/v1/payment_method_domains"],
  ...["/v1/payment_records", "/v1/plans", "/v1/quotes", "/v1/radar", "/v1/reporting", "/v1/reviews"],
  ...["/v1/shipping_rates", "/v1/sigma", "/v1/sources", "/v1/tax", "/v1/tax_codes", "/v1/tax_ids", "/v1/terminal"],
  ...["/v1/treasury", "/v2/core/account_links", "/v2/core/accounts", "/v2/core/vault", "/v2/money_management"],
];
