"use client";

import { type FormEvent, useId, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ActionError } from "@/lib/http/action";
import { ROLE_MEANING, type Role } from "@/lib/scopes";
import { inviteAction } from "../actions";

export function InviteDialog({ accountName, grantable }: { accountName: string; grantable: Role[] }) {
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<Role>("member");
  const [refusal, setRefusal] = useState<ActionError>();
  const [busy, start] = useTransition();

  const change = (next: boolean) => {
    setOpen(next);
    setRole("member");
    setRefusal(undefined);
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email") ?? "");
    start(async () => {
      const answer = await inviteAction({ email, role });
      if (!answer.ok) return setRefusal(answer.error);
      change(false);
      toast.settled(`Invitation sent to ${email.trim()}`, { body: "The link in the mail works for seven days." });
    });
  };

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>Invite somebody</Button>
      </DialogTrigger>
      <DialogContent
        size="small"
        title="Invite somebody"
        description={`They get a mail with a link, sign in as themselves, and act for ${accountName}.`}
        footer={
          <>
            <DialogClose asChild>
              <Button variant="line">Cancel</Button>
            </DialogClose>
            <Button type="submit" form={formId} pending={busy && "Sending"}>
              Send the invitation
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate className="grid gap-5">
          <Field
            label="E-mail address"
            error={refusal?.fields?.email ?? (refusal?.fields?.role ? undefined : refusal?.message)}
            required
          >
            <Input name="email" type="email" autoComplete="off" inputMode="email" placeholder="noor@example.com" />
          </Field>
          <Field label="Role" hint={ROLE_MEANING[role]} error={refusal?.fields?.role}>
            <Select
              name="role"
              value={role}
              onChange={(event) => setRole(grantable.find((known) => known === event.target.value) ?? "member")}
              options={grantable.map((known) => ({
                value: known,
                label: known.charAt(0).toUpperCase() + known.slice(1),
              }))}
            />
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
