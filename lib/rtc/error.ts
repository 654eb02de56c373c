import type { SocketErrorCode } from "@/lib/protocol/ack";

/** Why something about a call did not work. The server's codes, and those that only a browser knows. */
export type CallErrorCode =
  | SocketErrorCode
  /** Of devices. */
  | "permission_denied"
  | "permission_blocked"
  | "device_in_use"
  | "device_not_found"
  | "insecure_page"
  | "unsupported"
  /** Of the way there. */
  | "unreachable"
  | "timeout"
  | "not_connected"
  | "left";

type Extras = { retryAfterMs?: number; details?: Record<string, unknown>; cause?: unknown };

const WORTH_ANOTHER_TRY: ReadonlySet<CallErrorCode> = new Set([
  ...(["rate_limited", "unavailable", "internal", "conflict", "target_gone"] as const),
  ...(["unreachable", "timeout", "not_connected", "device_in_use", "room_full"] as const),
]);

/** Every error that the call and the SDK throw. `userMessage` may be shown as it is. */
export class MultimediaError extends Error {
  override readonly name = "MultimediaError";
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Record<string, unknown>;

  constructor(
    readonly code: CallErrorCode,
    readonly userMessage: string,
    { retryAfterMs, details = {}, cause }: Extras = {},
  ) {
    super(userMessage, cause === undefined ? undefined : { cause });
    this.retryable = WORTH_ANOTHER_TRY.has(code);
    this.retryAfterMs = retryAfterMs;
    this.details = details;
  }
}
