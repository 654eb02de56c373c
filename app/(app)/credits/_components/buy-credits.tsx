"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { PackageNumber } from "@/lib/plans/catalogue";
import { useShell } from "../../_components/shell";

type BuyCreditsProps = {
  look: "small" | "big" /** A package that the address asks for. */;
  open?: PackageNumber | undefined;
};

export function BuyCredits({ look, open }: BuyCreditsProps) {
  const { buyCredits } = useShell();
  const opened = useRef(false);

  useEffect(() => {
    if (open === undefined || opened.current) return;
    opened.current = true;
    buyCredits({ packageId: open });
  }, [open, buyCredits]);

  return (
    <Button variant={look === "big" ? "book" : "line"} size={look} onClick={() => buyCredits({})}>
      Buy credits
    </Button>
  );
}
