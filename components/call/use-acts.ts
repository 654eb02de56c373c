"use client";

import { useMemo } from "react";
import type { Call } from "@/lib/rtc/call/call";
import { MultimediaError } from "@/lib/rtc/error";
import { troubleWith } from "./door/permission-words";
import type { Notes } from "./live/notes";

/** What buttons and keys do alike. */
export type Acts = {
  toggleMicrophone(): void;
  setMicrophone(isOn: boolean): void;
  toggleCamera(): void;
  toggleScreen(): void;
  toggleHand(): void;
  toggleFullScreen(): void;
};

export const useActs = (call: Call, notes: Notes): Acts => useMemo(() => actsOf(call, notes), [call, notes]);

function actsOf(call: Call, notes: Notes): Acts {
  const { local } = call;

  const setMicrophone = async (isOn: boolean) => {
    await local.setMicrophone(isOn);
    sayTrouble("microphone", isOn, notes, call);
  };
  const setCamera = async (isOn: boolean) => {
    await local.setCamera(isOn);
    sayTrouble("camera", isOn, notes, call);
  };
  const share = async () => {
    try {
      await local.startScreen();
    } catch (error) {
      // Whoever closes the browser's own choice knows that nothing is shared.
      if (error instanceof MultimediaError && error.code !== "permission_denied") notes.say(error.userMessage);
    }
  };

  return {
    toggleMicrophone: () => void setMicrophone(local.getSnapshot().microphone.status !== "on"),
    setMicrophone: (isOn) => void setMicrophone(isOn),
    toggleCamera: () => void setCamera(local.getSnapshot().camera.status !== "on"),
    toggleScreen: () => (local.getSnapshot().screen.track ? local.stopScreen() : void share()),
    toggleHand: () => void call.raiseHand(!call.getSnapshot().self?.hand).catch(said(notes)),
    toggleFullScreen: () =>
      void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
}

function sayTrouble(what: "microphone" | "camera", wanted: boolean, notes: Notes, { local }: Call): void {
  const trouble = wanted ? troubleWith(what, local.getSnapshot()[what].status) : undefined;
  if (trouble) notes.say(`${trouble.title} ${trouble.words}`, { urgent: true });
}

/** Says what was refused, in the server's words. */
export const said =
  (notes: Notes) =>
  (error: unknown): void => {
    if (!(error instanceof MultimediaError)) throw error;
    notes.say(error.userMessage, { urgent: true });
  };
