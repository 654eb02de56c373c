"use client";

import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { leave } from "../../../_components/leave";

export function WrongPerson({ mine, theirs }: { mine: string; theirs: string }) {
  return (
    <div className="grid gap-4">
      <Notice tone="hold" title={`You are signed in as ${mine}.`}>
        The invitation is for {theirs}. Sign out, and open the link again as that person.
      </Notice>
      <div className="flex flex-wrap gap-2">
        <Button onClick={leave}>Sign out</Button>
        <ButtonLink href="/dashboard" variant="line">
          To my dashboard
        </ButtonLink>
      </div>
    </div>
  );
}
