"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { openRoomAction } from "../actions";
import { FormDialog } from "./form-dialog";
import { RoomFields } from "./room-fields";

/** Opens a room and goes there. */
export function OpenRoom({ seats }: { seats: number }) {
  const [shown, setShown] = useState(false);
  const router = useRouter();

  const open = async (form: FormData) => {
    const wanted = String(form.get("maxParticipants") ?? "");
    const answer = await openRoomAction({
      name: String(form.get("name") ?? ""),
      type: form.get("type") === "voice" ? "voice" : "video",
      waitingRoom: form.get("waitingRoom") === "on",
      locked: form.get("locked") === "on",
      ...(wanted !== "" && { maxParticipants: Number(wanted) }),
    });
    if (!answer.ok) return answer.error;
    router.push(`/dashboard/rooms/${answer.data.id}`);
    return undefined;
  };

  return (
    <>
      <Button onClick={() => setShown(true)}>Open a room</Button>
      <Dialog open={shown} onOpenChange={setShown}>
        <FormDialog title="Open a room" action="Open room" pending="Opening" onSubmit={open}>
          {(wrong) => <RoomFields wrong={wrong} seats={seats} />}
        </FormDialog>
      </Dialog>
    </>
  );
}
