"use client";

import { type ChangeEvent, useId, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { overTheLine } from "@/components/ui/over-the-line";
import { Refusal, type Refused } from "@/components/ui/refusal";
import { toast } from "@/components/ui/toast";
import { MOST_LOGO_BYTES } from "@/lib/branding/rules";
import { removeLogoAction, setLogoAction } from "../actions";

type Answer = { ok: true } | { ok: false; error: Refused } | Refused;

export function LogoForm({ logo, mayChange }: { logo: string | null; mayChange: boolean }) {
  const id = useId();
  const [refused, setRefused] = useState<Refused>();
  const [busy, start] = useTransition();

  const settle = (answer: Answer, words: string) => {
    if ("message" in answer) return setRefused(answer);
    if (!answer.ok) return setRefused(answer.error);
    setRefused(undefined);
    toast.settled(words);
  };

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    if (file.size > MOST_LOGO_BYTES) return setRefused({ message: "A logo has at most 64 KiB." });
    start(async () => settle(await overTheLine(setLogoAction({ png: await asBase64(file) })), "The logo is saved"));
  };
  const remove = () => start(async () => settle(await overTheLine(removeLogoAction({})), "The logo is gone"));

  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-13 font-[550]">
        Logo
      </label>
      <div className="flex flex-wrap items-center gap-3">
        <input
          id={id}
          type="file"
          accept="image/png"
          disabled={!mayChange || busy}
          aria-describedby={`${id}-hint`}
          onChange={choose}
          className="max-w-full text-13 text-ink-soft file:mr-3 file:min-h-[38px] file:cursor-pointer file:rounded-control file:border file:border-rule-firm file:bg-transparent file:px-[15px] file:font-[550] file:text-ink hover:file:border-ink disabled:opacity-60 touch:file:min-h-11"
        />
        {logo && (
          <Button variant="quiet" size="small" onClick={remove} pending={busy && "Saving"}>
            Take it away
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} className="text-13 text-ink-faint">
        A PNG of at most 64 KiB and 1,024 dots a side. It is written anew; words and places inside it are not kept.
      </p>
      <Refusal of={refused} />
    </div>
  );
}

async function asBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
