"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { FormDialog } from "../../_components/form-dialog";
import { DoorSwitches } from "../../_components/room-fields";
import type { RoomRow } from "../../_components/room-row";
import { changeRoomAction, closeRoomAction } from "../../actions";

/** What can be done with a room that is open. */
export function RoomActs({ row }: { row: RoomRow }) {
  const [changing, setChanging] = useState(false);

  const change = async (form: FormData) => {
    const changes = {
      name: String(form.get("name") ?? ""),
      waitingRoom: form.get("waitingRoom") === "on",
      locked: form.get("locked") === "on",
    };
    const answer = await changeRoomAction({ id: row.id, changes });
    if (!answer.ok) return withoutPath(answer.error);
    setChanging(false);
    return undefined;
  };

  return (
    <>
      <DeleteRoom row={row} />
      <Button variant="line" onClick={() => setChanging(true)}>
        Change
      </Button>
      <ButtonLink href={`/call/${row.id}`} variant="voice">
        Join
      </ButtonLink>
      <Dialog open={changing} onOpenChange={setChanging}>
        <FormDialog title="Change the room" action="Save changes" pending="Saving" onSubmit={change}>
          {(wrong) => (
            <>
              <Field label="Name" error={wrong.name} required>
                <Input name="name" defaultValue={row.name} maxLength={80} autoComplete="off" />
              </Field>
              <DoorSwitches locked={row.locked} waitingRoom={row.waitingRoom} />
            </>
          )}
        </FormDialog>
      </Dialog>
    </>
  );
}

/** The action holds the fields one level down; the form knows them by their own names. */
function withoutPath<E extends { fields?: Record<string, string> }>(error: E): E {
  if (!error.fields) return error;
  const fields = Object.entries(error.fields).map(([name, words]) => [
    name.replace(/^changes\./, ""),
    words.replace(/^changes\./, ""),
  ]);
  return { ...error, fields: Object.fromEntries(fields) };
}

function DeleteRoom({ row }: { row: RoomRow }) {
  const router = useRouter();
  const remove = async () => {
    const answer = await closeRoomAction({ id: row.id });
    if (!answer.ok) return answer.error;
    toast.plain("Room deleted", { body: "Its calls stay in the history." });
    router.push("/dashboard/rooms");
    return undefined;
  };

  return (
    <Confirm
      trigger={<Button variant="line">Delete</Button>}
      title={`Delete ${row.name}?`}
      action="Delete room"
      pending="Deleting"
      onConfirm={remove}
    >
      <p>
        {row.inside.length > 0 && "The call in it ends, and everybody inside is told why. "}
        Its links stop working, and its place in the plan does not come back. This cannot be undone.
      </p>
    </Confirm>
  );
}
