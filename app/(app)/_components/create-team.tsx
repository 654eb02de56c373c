"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createTeamAction } from "../actions";

type PanelProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function CreateTeam({ open, onOpenChange }: PanelProps) {
  const router = useRouter();
  const formId = useId();
  const [refusal, setRefusal] = useState<string>();
  const [busy, start] = useTransition();

  const change = (next: boolean) => {
    setRefusal(undefined);
    onOpenChange(next);
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "");
    start(async () => {
      const answer = await createTeamAction({ name });
      if (!answer.ok) return setRefusal(answer.error.message);
      change(false);
      router.push("/dashboard/settings/members");
    });
  };

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        size="small"
        title="Make a team"
        description="An account that several people share. It has keys, members and bills of its own. You own it."
        footer={
          <>
            <DialogClose asChild>
              <Button variant="line">Cancel</Button>
            </DialogClose>
            <Button type="submit" form={formId} pending={busy && "Making it"}>
              Make the team
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate>
          <Field label="Name of the team" error={refusal} required>
            <Input name="name" maxLength={80} autoComplete="organization" />
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
