"use client";

import { Volume2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { LocalMedia } from "@/lib/rtc/media/local-media";
import type { Device } from "@/lib/rtc/media/state";
import { useReadable } from "../use-readable";
import { playTestSound } from "./test-sound";

const SYSTEM = { value: "", label: "As the system says" };

const optionsOf = (devices: readonly Device[]) => [
  SYSTEM,
  ...devices.map(({ id, label }, index) => ({ value: id, label: label || `Device ${index + 1}` })),
];

/** Which microphone, camera and speaker. Names are known once the browser was allowed to use one. */
export function DeviceFields({ local, withCamera }: { local: LocalMedia; withCamera: boolean }) {
  const state = useReadable(local);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Microphone">
        <Select
          options={optionsOf(state.microphones)}
          value={state.microphone.deviceId ?? ""}
          onChange={({ target }) => void local.chooseMicrophone(target.value || null)}
        />
      </Field>
      {withCamera && (
        <Field label="Camera">
          <Select
            options={optionsOf(state.cameras)}
            value={state.camera.deviceId ?? ""}
            onChange={({ target }) => void local.chooseCamera(target.value || null)}
          />
        </Field>
      )}
      {state.speakers.length > 0 && (
        <Field label="Speaker">
          <Select
            options={optionsOf(state.speakers)}
            value={state.speakerId ?? ""}
            onChange={({ target }) => local.chooseSpeaker(target.value || null)}
          />
        </Field>
      )}
      <TestSound speakerId={state.speakerId} />
    </div>
  );
}

function TestSound({ speakerId }: { speakerId: string | null }) {
  const [words, setWords] = useState("");
  const play = async () => {
    setWords("Playing");
    await playTestSound(speakerId).then(
      () => setWords("Three notes were played."),
      () => setWords("The speaker could not be reached."),
    );
  };
  return (
    <div className="flex flex-wrap items-center gap-3 self-end">
      <Button variant="line" onClick={() => void play()}>
        <Volume2 aria-hidden="true" strokeWidth={1.6} />
        Play a test sound
      </Button>
      <p role="status" className="text-13 text-ink-faint">
        {words}
      </p>
    </div>
  );
}
