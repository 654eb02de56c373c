"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { useOnline } from "@/components/ui/use-online";
import { PageHead } from "./_components/page-head";

/** Stands inside the shell, so that one broken page does not take the way out with it. */
export default function AppError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const isOnline = useOnline();

  useEffect(() => {
    document.title = "Something went wrong · Parley";
  }, []);

  return (
    <>
      <PageHead title={isOnline ? "Something went wrong on our side." : "You are not connected."}>
        {isOnline
          ? "This page could not be shown. Nothing was half done: every change is made whole or not at all."
          : "What you sent last may not have arrived. Look again when the line is back."}
      </PageHead>
      <div className="mt-6 flex flex-wrap gap-2">
        <Button onClick={retry}>Try again</Button>
        <ButtonLink href="/dashboard" variant="line">
          To the overview
        </ButtonLink>
      </div>
      {error.digest && <p className="mt-8 font-mono text-13 text-ink-faint">Reference {error.digest}</p>}
    </>
  );
}
