"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { seconds } from "@/lib/time";
import { buttonClass } from "./button-style";

type CopyButtonProps = {
  /** Made when it is asked for, where it is long and changes. */
  text: string | (() => string);
  /** What is copied, for a screen reader: "Copy the key". */
  label: string;
  /** The word beside the icon. Without it the icon stands alone. */
  word?: string;
};

export function CopyButton({ text, label, word }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused">();

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), seconds(2));
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = () =>
    navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );

  const Icon = outcome === "copied" ? Check : Copy;
  const said = outcome === "copied" ? "Copied" : outcome === "refused" ? "Select it and copy by hand" : "";

  return (
    <button
      type="button"
      onClick={copy}
      aria-label={label}
      className={buttonClass({ variant: "quiet", size: "small" }, "text-ink")}
    >
      <Icon aria-hidden="true" strokeWidth={1.6} />
      {word && (outcome === "copied" ? "Copied" : word)}
      <span role="status" className="sr-only">
        {said}
      </span>
    </button>
  );
}
