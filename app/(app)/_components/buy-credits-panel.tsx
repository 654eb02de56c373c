"use client";

import { useRouter } from "next/navigation";
import { PurchaseModal } from "@/components/credits/purchase-modal";
import type { PackageNumber } from "@/lib/plans/catalogue";
import { beginPurchaseAction, finishPurchaseAction } from "../credits/actions";
import { useShell } from "./shell";

type BuyCreditsPanelProps = { open: boolean; onOpenChange: (open: boolean) => void; packageId: PackageNumber };

/** The till, wired to the account that the shell is drawn for. */
export function BuyCreditsPanel({ open, onOpenChange, packageId }: BuyCreditsPanelProps) {
  const { who } = useShell();
  const router = useRouter();
  return (
    <PurchaseModal
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        if (!next) router.refresh();
      }}
      balance={who.credits ?? 0}
      packageId={packageId}
      begin={beginPurchaseAction}
      finish={finishPurchaseAction}
    />
  );
}
