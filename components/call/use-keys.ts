"use client";

import { useEffect, useState } from "react";
import { keep, recall } from "./keep";
import type { Acts } from "./use-acts";

export type Key = { shown: string; does: string };

/** Ctrl, or Command on a Mac. */
export const KEYS: readonly Key[] = [
  { shown: "Ctrl D", does: "Microphone on or off" },
  { shown: "Ctrl E", does: "Camera on or off" },
  { shown: "Hold V", does: "Talk while you hold it" },
  { shown: "F2", does: "Go to the controls" },
  { shown: "Ctrl Shift E", does: "Reactions" },
  { shown: "Ctrl Shift F", does: "Full screen" },
  { shown: "Ctrl /", does: "This list" },
  { shown: "Esc", does: "Close what is open" },
];

type Wanted = { acts: Acts; openKeys: () => void; closePanel: () => void };

/** Keys of a call. They may be switched off, because a single letter can be somebody's dictation. */
export function useKeys({ acts, openKeys, closePanel }: Wanted) {
  const [isOn, setOn] = useState(() => recall("keys") !== "off");

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !isInOverlay(event.target)) return closePanel();
      if (!isOn) return;
      const act = actOf(event, { acts, openKeys });
      if (!act) return;
      event.preventDefault();
      act();
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (isOn && event.key.toLowerCase() === "v" && isTalking) {
        isTalking = false;
        acts.setMicrophone(false);
      }
    };
    let isTalking = false;
    const talk = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
      if (!isOn || !isPlain || event.key.toLowerCase() !== "v" || isTyping(event.target) || isInOverlay(event.target))
        return;
      isTalking = true;
      acts.setMicrophone(true);
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("keydown", talk);
    window.addEventListener("keyup", onKeyUp);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("keydown", talk);
      window.removeEventListener("keyup", onKeyUp);
    };
  }, [isOn, acts, openKeys, closePanel]);

  const set = (next: boolean) => {
    setOn(next);
    keep("keys", next ? null : "off");
  };
  return { isOn, set };
}

function actOf(event: KeyboardEvent, { acts, openKeys }: Omit<Wanted, "closePanel">): (() => void) | undefined {
  if (event.key === "F2") return focusControls;
  if (!event.ctrlKey && !event.metaKey) return undefined;
  switch (`${event.shiftKey ? "shift " : ""}${event.key.toLowerCase()}`) {
    case "d":
      return acts.toggleMicrophone;
    case "e":
      return acts.toggleCamera;
    case "shift e":
      return () => control("React")?.click();
    case "shift f":
      return acts.toggleFullScreen;
    case "/":
      return openKeys;
    default:
      return undefined;
  }
}

const bar = () => document.getElementById("call-controls");
const control = (label: string) => bar()?.querySelector<HTMLElement>(`[aria-label="${label}"]`);
const focusControls = () => bar()?.querySelector<HTMLElement>("button")?.focus();

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
const isInOverlay = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("[role=menu], [role=dialog], [role=alertdialog]") !== null;
