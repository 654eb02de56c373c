"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/checkbox";
import { Confirm } from "@/components/ui/confirm";
import { MultimediaError } from "@/lib/rtc/error";
import { useCallState, useRunning } from "../context";
import { said } from "../use-acts";

/** The room's door, for those who hold it. */
export function Door() {
  const { call } = useRunning();
  const { room, self } = useCallState();
  const lock = useWanted(room?.locked ?? false, (isOn) => call.moderate({ action: isOn ? "lock" : "unlock" }));
  const wait = useWanted(room?.waitingRoom ?? false, (isOn) =>
    call.moderate({ action: isOn ? "open-waiting-room" : "close-waiting-room" }),
  );
  if (!room) return null;

  const end = async () => {
    try {
      await call.moderate({ action: "end" });
      return undefined;
    } catch (error) {
      if (error instanceof MultimediaError) return { message: error.userMessage };
      throw error;
    }
  };

  return (
    <div className="grid gap-3 border-t border-rule px-5 py-4 max-sm:pb-[calc(1rem+env(safe-area-inset-bottom))]">
      <Switch
        checked={lock.isOn}
        onChange={({ target }) => lock.want(target.checked)}
        label="Lock the room"
        hint="Nobody else comes in."
      />
      <Switch
        checked={wait.isOn}
        onChange={({ target }) => wait.want(target.checked)}
        label="Waiting room"
        hint="Guests wait until you let them in."
      />
      {self?.role === "host" && (
        <Confirm
          trigger={<Button variant="line">End for everybody</Button>}
          title="End the call for everybody?"
          action="End the call"
          pending="Ending"
          onConfirm={end}
        >
          <p>Everybody is told that you ended it. The room stays, and a new call can begin in it.</p>
        </Confirm>
      )}
    </div>
  );
}

/** Shows what was pressed at once, and what the room says as soon as it says so. */
function useWanted(fact: boolean, ask: (isOn: boolean) => Promise<void>) {
  const { notes } = useRunning();
  const [wanted, setWanted] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fact that is told ends the wish.
  useEffect(() => setWanted(null), [fact]);

  const want = (isOn: boolean) => {
    setWanted(isOn);
    ask(isOn).catch((error) => {
      setWanted(null);
      said(notes)(error);
    });
  };
  return { isOn: wanted ?? fact, want };
}
