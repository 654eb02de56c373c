"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";

/** Has the database compute both checks once more. */
export function VerifyAgain() {
  const router = useRouter();
  const [times, setTimes] = useState(0);
  const [busy, start] = useTransition();
  const verify = () =>
    start(() => {
      router.refresh();
      setTimes((before) => before + 1);
    });
  return (
    <>
      <Button variant="line" onClick={verify} pending={busy && "Verifying"}>
        Verify again
      </Button>
      <span role="status" className="sr-only">
        {times > 0 && !busy && `Verified again, ${times} so far`}
      </span>
    </>
  );
}
