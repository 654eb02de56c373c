/** Why an event was refused. The words may change, these do not. */
export type SocketErrorCode =
  /** Who is asking, and whether they may. */
  | "unauthorized"
  | "token_expired"
  | "forbidden"
  /** Where somebody is. */
  | "not_in_room"
  | "already_in_room"
  | "room_not_found"
  | "room_full"
  | "room_locked"
  | "waiting"
  | "banned"
  | "link_spent"
  | "expired"
  | "target_gone"
  /** What was sent. */
  | "payload_too_large"
  | "invalid_payload"
  | "rate_limited"
  /** What the plan holds. */
  | "plan_limit"
  | "subscription_required"
  /** Ours. */
  | "conflict"
  | "unavailable"
  | "internal";

export type SocketError = {
  code: SocketErrorCode;
  message: string;
  retryAfterMs?: number;
  details?: Record<string, unknown>;
};

/** What every event answers. `ts` is the server's clock. */
export type Ack<T> = { ok: true; data: T; ts: number } | { ok: false; error: SocketError };
