import type { Metadata } from "next";
import Link from "next/link";
import { openCtx } from "@/lib/http/page";
import { trialDoor } from "@/lib/rooms/trial";
import { quickStart } from "../_components/quick-start";
import { Desk } from "./_components/desk";
import { openTrialAction } from "./actions";

export const metadata: Metadata = {
  title: "Try a call",
  description: "The quick start of the SDK, run on the page: both ends of a call, every message, and ways to break it.",
};

export default async function TryPage() {
  const [door, lines] = await Promise.all([trialDoor(await openCtx()), quickStart()]);
  return (
    <div className="page-wrap pt-6 sm:pt-10">
      <p className="text-13">
        <Link href="/docs">Documentation</Link>
      </p>
      <h1 className="mt-3 max-w-[16em] text-[clamp(2.6rem,5vw,3.8125rem)] leading-[1.04] font-normal tracking-[-0.03em]">
        Ten lines, and two people talk.
      </h1>
      <p className="mt-5 max-w-measure text-16 text-ink-soft">
        Press Run, and the lines below run twice on this page, as they stand. The room, the server and the connection
        between the two are real. Then look at every message, and break it.
      </p>
      <Desk door={door} lines={lines} openTrial={openTrialAction} />
    </div>
  );
}
