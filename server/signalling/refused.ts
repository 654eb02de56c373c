import type { ErrorCode } from "@/lib/errors";
import { isOutage, toRefusal } from "@/lib/errors";
import { log } from "@/lib/log";
import type { SocketError, SocketErrorCode } from "@/lib/protocol/ack";

/** What a refusal is called on a socket. Whatever has no name of its own there is a conflict with how things stand. */
const CODES: Partial<Record<ErrorCode, SocketErrorCode>> = {
  invalid: "invalid_payload",
  too_large: "payload_too_large",
  unauthenticated: "unauthorized",
  invalid_key: "unauthorized",
  token_expired: "token_expired",
  forbidden: "forbidden",
  origin_not_allowed: "forbidden",
  not_found: "room_not_found",
  target_gone: "target_gone",
  not_in_room: "not_in_room",
  already_in_room: "already_in_room",
  room_full: "room_full",
  room_locked: "room_locked",
  waiting: "waiting",
  banned: "banned",
  link_spent: "link_spent",
  expired: "expired",
  rate_limited: "rate_limited",
  plan_limit: "plan_limit",
  subscription_required: "subscription_required",
  unavailable: "unavailable",
  internal: "internal",
};

export function socketError(error: unknown, event: string): SocketError {
  const { code, message, details, flat, retryAfterSeconds } = toRefusal(error);
  if (code === "internal") log().error({ err: error, event }, "socket event failed");
  if (isOutage(error)) log().warn({ err: error, event }, "something is out of reach");
  return {
    code: CODES[code] ?? "conflict",
    message,
    ...(retryAfterSeconds !== undefined && { retryAfterMs: Math.ceil(retryAfterSeconds * 1_000) }),
    ...((details || flat) && { details: { ...details, ...flat } }),
  };
}
