"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import { confirmPaymentAction, keepCardAction } from "../actions";

type ComeBackProps = { paid: Id<"payment"> | undefined; saved: string | undefined };

/** Ends what a bank's own page began: asks once how it came out, says so, and takes the address back to the wallet's. */
export function ComeBack({ paid, saved }: ComeBackProps) {
  const router = useRouter();
  const isAsked = useRef(false);

  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    const end = async () => {
      if (paid) await endPayment(paid);
      if (saved) await endCard(saved);
      router.replace("/wallet");
    };
    // The line broke: the page stays at its address, and looks again on the next load.
    end().catch(() => undefined);
  }, [paid, saved, router]);

  return null;
}

async function endPayment(paymentId: Id<"payment">): Promise<void> {
  const answer = await confirmPaymentAction({ paymentId });
  if (answer.ok) return toast.settled(`${answer.data.amount} added`);
  toast.plain("Not added yet", { body: answer.error.message });
}

async function endCard(setupIntentId: string): Promise<void> {
  const answer = await keepCardAction({ setupIntentId });
  if (answer.ok) return toast.settled("Saved", { body: "Nothing was charged." });
  toast.loss("Not saved", { body: answer.error.message });
}
