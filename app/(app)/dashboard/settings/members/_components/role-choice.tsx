"use client";

import { useOptimistic, useTransition } from "react";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import { ROLES, type Role } from "@/lib/scopes";
import { changeRoleAction } from "../actions";

type RoleChoiceProps = { userId: Id<"user">; name: string; role: Role; grantable: Role[] };

export function RoleChoice({ userId, name, role, grantable }: RoleChoiceProps) {
  const [shown, show] = useOptimistic(role);
  const [busy, start] = useTransition();

  const choose = (value: string) => {
    const chosen = ROLES.find((known) => known === value);
    if (!chosen || chosen === role) return;
    start(async () => {
      show(chosen);
      const answer = await changeRoleAction({ userId, role: chosen });
      if (!answer.ok) return toast.loss("The role was not changed", { body: answer.error.message });
      toast.settled(`${name} is ${chosen} now.`);
    });
  };

  return (
    <Select
      aria-label={`Role of ${name}`}
      className="w-[116px] text-left"
      value={shown}
      disabled={busy}
      onChange={(event) => choose(event.target.value)}
      options={grantable.map((known) => ({ value: known, label: known.charAt(0).toUpperCase() + known.slice(1) }))}
    />
  );
}
