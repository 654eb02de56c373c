"use client";

import { useRef } from "react";
import type { LocalMedia } from "@/lib/rtc/media/local-media";
import { useReadable } from "../use-readable";

/** Devices start by themselves only where the browser will not put a question that nobody expects. */
export async function startIfAllowed(local: LocalMedia, withCamera: boolean): Promise<void> {
  const { microphone, camera } = local.getSnapshot();
  if (microphone.status !== "off" || camera.status !== "off") return;
  if (await isAllowed("microphone")) await local.start({ microphone: true, camera: withCamera });
  else await local.refresh();
}

/** Not every browser knows these names; there the question is put at the click. */
async function isAllowed(name: "microphone" | "camera"): Promise<boolean> {
  try {
    // The library's list of names is shorter than the browsers'.
    const { state } = await navigator.permissions.query({ name: name as PermissionName });
    return state === "granted";
  } catch {
    return false;
  }
}

/** Asks once, at the press of Join, where nobody has asked yet. A no joins all the same. */
export function useTurnOn(local: LocalMedia, withCamera: boolean) {
  const asked = useRef(false);
  const { microphone, camera } = useReadable(local);
  const isOff = microphone.status === "off" && camera.status === "off";

  const beforeJoin = async () => {
    if (!isOff || asked.current) return;
    asked.current = true;
    await local.start({ microphone: true, camera: withCamera });
  };
  return { isOff, beforeJoin };
}
