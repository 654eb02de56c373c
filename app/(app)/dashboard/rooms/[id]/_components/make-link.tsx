"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/checkbox";
import { Copyable } from "@/components/ui/copyable";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { FormDialog } from "../../_components/form-dialog";
import { makeLinkAction } from "../../actions";

type Open = { what: "nothing" | "make" } | { what: "made"; url: string };

const ROLES = [
  { value: "speaker", label: "Talk and show" },
  { value: "listener", label: "Listen only" },
  { value: "moderator", label: "Talk, and moderate" },
];
const ENDS = [
  { value: "1", label: "An hour" },
  { value: "24", label: "A day" },
  { value: "168", label: "A week" },
  { value: "720", label: "30 days" },
  { value: "", label: "No end" },
];

/** Makes a link and shows its address, once. It stands where no list that changes takes it away. */
export function MakeLink({ roomId }: { roomId: `room_${string}` }) {
  const [open, setOpen] = useState<Open>({ what: "nothing" });

  const make = async (form: FormData) => {
    const ends = String(form.get("ends") ?? "");
    const answer = await makeLinkAction({
      id: roomId,
      role: form.get("role") === "listener" ? "listener" : form.get("role") === "moderator" ? "moderator" : "speaker",
      oneTime: form.get("oneTime") === "on",
      expiresInHours: ends === "" ? null : Number(ends),
      ...(form.get("label") !== "" && { label: String(form.get("label")) }),
    });
    if (!answer.ok) return answer.error;
    setOpen({ what: "made", url: answer.data.url });
    return undefined;
  };

  return (
    <>
      <Button variant="line" onClick={() => setOpen({ what: "make" })}>
        Make a link
      </Button>
      <Dialog open={open.what !== "nothing"} onOpenChange={(next) => !next && setOpen({ what: "nothing" })}>
        {open.what === "make" && (
          <FormDialog title="Make a guest link" action="Make link" pending="Making" onSubmit={make}>
            {(wrong) => (
              <>
                <Field label="Name" hint="For you, so that you know it again." error={wrong.label}>
                  <Input name="label" maxLength={60} placeholder="Guest link" autoComplete="off" />
                </Field>
                <Field label="Who comes by it may" error={wrong.role}>
                  <Select name="role" options={ROLES} defaultValue="speaker" />
                </Field>
                <Field label="It works for" error={wrong.expiresInHours}>
                  <Select name="ends" options={ENDS} defaultValue="24" />
                </Field>
                <Switch name="oneTime" label="For one person" hint="Spent by the first who comes in." />
              </>
            )}
          </FormDialog>
        )}
        {open.what === "made" && <MadeLink url={open.url} />}
      </Dialog>
    </>
  );
}

const MadeLink = ({ url }: { url: string }) => (
  <DialogContent
    title="Send this link"
    description="It is shown this once. Whoever has it can come to this room."
    onInteractOutside={(event) => event.preventDefault()}
    footer={
      <DialogClose asChild>
        <Button>Done</Button>
      </DialogClose>
    }
  >
    <Copyable
      text={url}
      what="the link"
      className="rounded-control border border-rule-firm bg-paper-sunk py-2.5 pr-2 pl-4"
    />
  </DialogContent>
);
