/** Set by our own ingress after it removed whatever came in under these names. */
export const INTERNAL = {
  requestId: "x-parley-request-id",
  ip: "x-parley-ip",
  family: "x-parley-family",
  queryKey: "x-parley-query-key",
  nonce: "x-nonce",
  path: "x-parley-path",
} as const;
