import type { DeviceStatus } from "@/lib/rtc/media/state";

export type Trouble = { title: string; words: string; canRetry: boolean };

/** Why a device is not there, and the one thing to do. Nothing of it keeps anybody from joining. */
export function troubleWith(what: "microphone" | "camera", status: DeviceStatus): Trouble | undefined {
  const its = `Your ${what}`;
  switch (status) {
    case "denied":
      return {
        title: `${its} is not allowed on this page.`,
        words: "Press the sign left of the address, allow it there, and try again.",
        canRetry: true,
      };
    case "blocked":
      return {
        title: `${its} is blocked by the system.`,
        words:
          "On macOS allow the browser in System Settings, Privacy & Security; on Windows in Settings, Privacy. Then try again.",
        canRetry: true,
      };
    case "in_use":
      return {
        title: `${its} is used by another program.`,
        words: "Close that program or its call, and try again.",
        canRetry: true,
      };
    case "none":
      return { title: `No ${what} was found.`, words: "You can join without one, or plug one in.", canRetry: true };
    case "insecure":
      return {
        title: "This page is not secure.",
        words: "Browsers give cameras and microphones to https pages only. Open the address with https.",
        canRetry: false,
      };
    case "failed":
      return {
        title: `${its} did not start.`,
        words: "Unplug it and plug it in again, or choose another one.",
        canRetry: true,
      };
    default:
      return undefined;
  }
}

const IN_APP = /Instagram|FBAN|FBAV|FB_IAB|Line\/|MicroMessenger|TikTok|musical_ly|Snapchat/i;

/** A browser inside another app seldom gives a camera. */
export const isInsideAnApp = (userAgent: string): boolean => IN_APP.test(userAgent);
