import { MultimediaError } from "../error";
import type { DeviceStatus } from "./state";

const STATUS_BY_NAME: Record<string, DeviceStatus> = {
  NotAllowedError: "denied",
  SecurityError: "blocked",
  NotFoundError: "none",
  DevicesNotFoundError: "none",
  NotReadableError: "in_use",
  TrackStartError: "in_use",
  AbortError: "in_use",
};

/** What a browser's refusal means to the person before it. */
export function statusOfRefusal(error: unknown): DeviceStatus {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  // The operating system or the page around this one forbids it; no question of the browser's would change that.
  if (name === "NotAllowedError" && /system|policy/i.test(message)) return "blocked";
  return STATUS_BY_NAME[name] ?? "failed";
}

const WORDS = {
  denied: ["permission_denied", "You did not allow this page to use it. Allow it in the address bar and try again."],
  blocked: ["permission_blocked", "The system does not let this browser use it. Allow it in the system's settings."],
  in_use: ["device_in_use", "Another program is using it. Close that one and try again."],
  none: ["device_not_found", "None was found. Plug one in, or go on without it."],
  insecure: ["insecure_page", "Browsers allow this on secure pages only. Open the page over https."],
  failed: ["unsupported", "It could not be started."],
} as const;

export function refusalOf(
  what: "microphone" | "camera" | "screen",
  status: DeviceStatus,
  cause?: unknown,
): MultimediaError {
  const known = status in WORDS ? WORDS[status as keyof typeof WORDS] : WORDS.failed; // the check is the line's first half
  const [code, words] = known;
  return new MultimediaError(code, `${what[0]?.toUpperCase()}${what.slice(1)}: ${words}`, { cause });
}
