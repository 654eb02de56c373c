"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { toCount } from "@/components/brand/amounts";
import { Notice } from "@/components/ui/notice";
import { finishPurchaseAction } from "../actions";

type State = { title: string; words: string; tone: "settled" | "hold" | "loss" };

const ASKING: State = { title: "Asking your bank.", words: "One moment.", tone: "hold" };

/** Somebody comes back from a page of their bank: what became of the payment is asked once, and said. */
export function BackFromBank({ paymentId }: { paymentId: `payment_${string}` }) {
  const router = useRouter();
  const [state, setState] = useState(ASKING);
  const asked = useRef(false);

  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    finishPurchaseAction({ paymentId })
      .then((answer) => {
        setState(
          answer.ok
            ? {
                title: `${toCount(answer.data.credits)} credits are yours.`,
                words: `You have ${toCount(answer.data.balance)}.`,
                tone: "settled",
              }
            : { title: answer.error.message, words: "", tone: answer.error.code === "conflict" ? "hold" : "loss" },
        );
        router.replace("/credits", { scroll: false });
      })
      .catch(() =>
        setState({
          title: "The line is down.",
          words: "The credits appear here by themselves once it is back.",
          tone: "hold",
        }),
      );
  }, [paymentId, router]);

  return (
    <Notice tone={state.tone} title={state.title} className="mt-5">
      {state.words}
    </Notice>
  );
}
