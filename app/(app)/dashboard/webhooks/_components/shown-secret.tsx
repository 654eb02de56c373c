"use client";

import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { DialogClose, DialogContent } from "@/components/ui/dialog";

/** The one time that a secret is seen. A stray click beside it does not close it. */
export const ShownSecret = ({ secret, words }: { secret: string; words: string }) => (
  <DialogContent
    title="Save this secret"
    description="This is the only time that it is shown. Your receiver verifies with it that a request is ours."
    onInteractOutside={(event) => event.preventDefault()}
    footer={
      <DialogClose asChild>
        <Button>I have saved it</Button>
      </DialogClose>
    }
  >
    <div className="grid gap-5">
      <Copyable
        text={secret}
        what="the secret"
        className="rounded-control border border-rule-firm bg-paper-sunk py-2.5 pr-2 pl-4"
      />
      <p className="text-ink-soft">{words}</p>
    </div>
  </DialogContent>
);
