"use client";

import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ComponentProps, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-style";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { EndpointDialog } from "../../_components/endpoint-dialog";
import { EndpointFields, withInput } from "../../_components/endpoint-fields";
import type { EndpointRow } from "../../_components/endpoint-row";
import { ShownSecret } from "../../_components/shown-secret";
import { sendTestAction, updateEndpointAction } from "../../actions";
import { RemoveEndpoint } from "./remove-endpoint";
import { ReplaySince } from "./replay-since";
import { RotateSecret } from "./rotate-secret";

type Open = { what: "nothing" | "change" | "rotate" | "replay" } | { what: "secret"; secret: string };

/** Everything that can be done with one endpoint, one thing at a time. */
export function EndpointActs({ row }: { row: EndpointRow }) {
  const [open, setOpen] = useState<Open>({ what: "nothing" });
  const { busy, test, turn } = useEndpoint(row);
  const router = useRouter();

  return (
    <>
      <Button
        {...(row.enabled && { variant: "line" as const })}
        pending={busy && "Working"}
        onClick={row.enabled ? test : () => turn(true)}
      >
        {row.enabled ? "Send a test" : "Switch on"}
      </Button>
      <RemoveEndpoint row={row} onRemoved={() => router.push("/dashboard/webhooks")} />
      <Menu trigger={<MoreButton />}>
        <MenuItem onSelect={() => setOpen({ what: "change" })}>Change</MenuItem>
        <MenuItem onSelect={() => setOpen({ what: "rotate" })}>Rotate the secret</MenuItem>
        {row.enabled && <MenuItem onSelect={() => setOpen({ what: "replay" })}>Replay events</MenuItem>}
        {row.enabled && <MenuItem onSelect={() => turn(false)}>Switch off</MenuItem>}
      </Menu>
      <Dialog open={open.what !== "nothing"} onOpenChange={(next) => !next && setOpen({ what: "nothing" })}>
        <Opened open={open} row={row} setOpen={setOpen} />
      </Dialog>
    </>
  );
}

const MoreButton = (props: ComponentProps<"button">) => (
  <button
    type="button"
    aria-label="More for this endpoint"
    className={buttonClass({ variant: "quiet", size: "icon" })}
    {...props}
  >
    <Ellipsis aria-hidden="true" strokeWidth={1.6} />
  </button>
);

function Opened({ open, row, setOpen }: { open: Open; row: EndpointRow; setOpen: (open: Open) => void }) {
  const close = () => setOpen({ what: "nothing" });
  switch (open.what) {
    case "nothing":
      return null;
    case "change":
      return (
        <EndpointDialog
          title="Change the endpoint"
          action="Save changes"
          pending="Saving"
          save={(form) => withInput(form, (changes) => updateEndpointAction({ id: row.id, changes }))}
          onDone={close}
        >
          {(error) => <EndpointFields error={error} initial={row} />}
        </EndpointDialog>
      );
    case "rotate":
      return <RotateSecret row={row} onRotated={(secret) => setOpen({ what: "secret", secret })} />;
    case "replay":
      return <ReplaySince row={row} onDone={close} />;
    case "secret":
      return (
        <ShownSecret
          secret={open.secret}
          words="Put it in the place of the old one. Both sign until the old one ends."
        />
      );
  }
}

/** What is done at once, without a dialog. */
function useEndpoint({ id }: EndpointRow) {
  const [busy, start] = useTransition();

  const test = () =>
    start(async () => {
      const answer = await sendTestAction({ id });
      if (!answer.ok) return toast.loss("The test was not sent", { body: answer.error.message });
      toast.plain("The test is on its way", { body: "What your receiver answers stands in the log." });
    });

  const turn = (enabled: boolean) =>
    start(async () => {
      const answer = await updateEndpointAction({ id, changes: { enabled } });
      if (!answer.ok) return toast.loss("Not changed", { body: answer.error.message });
      toast.settled(enabled ? "The endpoint is on" : "The endpoint is off");
    });

  return { busy, test, turn };
}
