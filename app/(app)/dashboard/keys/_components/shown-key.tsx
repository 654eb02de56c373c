"use client";

import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { DialogClose, DialogContent } from "@/components/ui/dialog";
import { KeyTest } from "./key-test";

type ShownKeyProps = { name: string; apiKey: string };

/** The one time that a key is seen. A stray click beside it does not close it. */
export function ShownKey({ name, apiKey }: ShownKeyProps) {
  return (
    <DialogContent
      title="Save this key"
      description={<>This is the only time that {name} is shown whole. Only its fingerprint is kept.</>}
      onInteractOutside={(event) => event.preventDefault()}
      footer={
        <DialogClose asChild>
          <Button>I have saved it</Button>
        </DialogClose>
      }
    >
      <div className="grid gap-5">
        <Copyable
          text={apiKey}
          what="the key"
          className="rounded-control border border-rule-firm bg-paper-sunk py-2.5 pr-2 pl-4"
        />
        <KeyTest apiKey={apiKey} />
        <p className="text-13 text-ink-faint">
          Send it in the <span className="font-mono">X-API-Key</span> header. Keep it out of source code and out of
          addresses.
        </p>
      </div>
    </DialogContent>
  );
}
