"use client";

import { useState } from "react";
import { Switch } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const KINDS = [
  { value: "video", label: "Video" },
  { value: "voice", label: "Voice" },
];

/** The fields of a room that is being opened. `seats` is the most that this plan can hold in one. */
export function RoomFields({ wrong, seats }: { wrong: Record<string, string>; seats: number }) {
  const [kind, setKind] = useState("video");
  return (
    <>
      <Field label="Name" hint="What people read above the call." error={wrong.name} required>
        <Input name="name" maxLength={80} placeholder="Weekly review" autoComplete="off" />
      </Field>
      <div className="grid justify-items-start gap-1.5">
        <p className="text-13 font-[550]">Kind</p>
        <input type="hidden" name="type" value={kind} />
        <Choice label="Kind" options={KINDS} value={kind} onChange={setKind} />
        {kind === "voice" && <p className="text-13 text-ink-faint">Sound alone: no cameras and no screens.</p>}
      </div>
      <Field
        label="Seats"
        hint={`Left empty, as many as the plan holds. Here that is ${seats}.`}
        error={wrong.maxParticipants}
      >
        <Input name="maxParticipants" type="number" min={2} max={seats} inputMode="numeric" className="max-w-28" />
      </Field>
      <DoorSwitches locked={false} waitingRoom={false} />
    </>
  );
}

export const DoorSwitches = ({ locked, waitingRoom }: { locked: boolean; waitingRoom: boolean }) => (
  <div className="grid gap-3 touch:gap-0">
    <Switch
      name="waitingRoom"
      defaultChecked={waitingRoom}
      label="Waiting room"
      hint="Guests wait until somebody inside lets them in."
    />
    <Switch name="locked" defaultChecked={locked} label="Locked" hint="Nobody but hosts and moderators comes in." />
  </div>
);
