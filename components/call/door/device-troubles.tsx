"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { LocalMedia } from "@/lib/rtc/media/local-media";
import { useReadable } from "../use-readable";
import { isInsideAnApp, troubleWith } from "./permission-words";

/** What is wrong with a device, with another try beside it. Joining works all the same. */
export function DeviceTroubles({ local, withCamera }: { local: LocalMedia; withCamera: boolean }) {
  const { microphone, camera } = useReadable(local);
  const troubles = [
    { what: "microphone" as const, trouble: troubleWith("microphone", microphone.status) },
    { what: "camera" as const, trouble: withCamera ? troubleWith("camera", camera.status) : undefined },
  ];
  return (
    <>
      {isInsideAnApp(navigator.userAgent) && (
        <Notice tone="hold" title="This page is open inside another app.">
          Open it in Safari or Chrome: there your camera and microphone work.
        </Notice>
      )}
      {troubles.map(
        ({ what, trouble }) =>
          trouble && (
            <Notice
              key={what}
              tone="hold"
              title={trouble.title}
              action={
                trouble.canRetry && (
                  <Button variant="line" size="small" onClick={() => void local.start({ [what]: true })}>
                    Try again
                  </Button>
                )
              }
            >
              {trouble.words}
            </Notice>
          ),
      )}
    </>
  );
}
