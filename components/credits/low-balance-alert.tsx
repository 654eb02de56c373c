import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { lowBalance } from "@/lib/credits/rules";

type LowBalanceAlertProps = { balance: number; action?: ReactNode };

/** Stands above the page while fewer than ten are left. */
export function LowBalanceAlert({ balance, action }: LowBalanceAlertProps) {
  if (balance >= lowBalance) return null;
  return (
    <Notice tone="hold" title={leftInWords(balance)} action={action} className="mt-5">
      {balance === 0 ? "A video waits until there are some." : "A minute of 720p takes 5."}
    </Notice>
  );
}

function leftInWords(balance: number): string {
  if (balance === 0) return "No credits left.";
  return balance === 1 ? "1 credit left." : `${balance} credits left.`;
}
