"use client";

import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { useOnline } from "@/components/ui/use-online";
import { LostLine } from "./lost-line";

/** The digest names the line in our log; the request id names everything else the request did. */
export function OurFault({ error, retry }: { error: unknown; retry: () => void }) {
  const requestId = useSyncExternalStore(never, loadedRequest, () => undefined);
  const isOnline = useOnline();
  if (!isOnline) return <NoLine retry={retry} />;
  const reference = [digestOf(error), requestId].filter(Boolean).join(" · ");

  return (
    <LostLine
      title="Something went wrong on our side."
      reference={reference && `Reference ${reference}`}
      actions={
        <>
          <Button onClick={retry}>Try again</Button>
          <Button variant="line" asChild>
            <a href="/">To the first page</a>
          </Button>
        </>
      }
    >
      <p>
        This page could not be shown. Money moves only in whole steps, so nothing was half done. If it happens again,
        send us the reference.
      </p>
    </LostLine>
  );
}

function NoLine({ retry }: { retry: () => void }) {
  return (
    <LostLine title="You are not connected." actions={<Button onClick={retry}>Try again</Button>}>
      <p>This page could not be fetched. What you sent last may not have arrived: look again when the line is back.</p>
    </LostLine>
  );
}

const never = () => () => undefined;
const loadedRequest = () => document.documentElement.dataset.requestId;

const digestOf = (error: unknown): string | undefined =>
  error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : undefined;
