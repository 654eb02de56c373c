"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { CallState } from "@/lib/rtc/state";
import { formatClock, seconds } from "@/lib/time";
import { useCallState, useRunning } from "../context";
import { useReadable } from "../use-readable";

const LONG_MS = seconds(15);

/** What stays until it is over: a line that is gone, a plan that runs out, a network that does not carry the picture. */
export function Banners({ onLeave }: { onLeave: () => void }) {
  const { phase, reconnect, warning } = useCallState();
  const now = useNow(phase === "reconnecting" || warning?.endsAtMs != null);
  return (
    <>
      {phase === "reconnecting" && <Reconnecting reconnect={reconnect} now={now} onLeave={onLeave} />}
      {warning && <MinutesBanner warning={warning} now={now} />}
      <WeakLine />
    </>
  );
}

type ReconnectingProps = { reconnect: CallState["reconnect"]; now: number; onLeave: () => void };

function Reconnecting({ reconnect, now, onLeave }: ReconnectingProps) {
  const { call } = useRunning();
  const isLong = reconnect !== null && now - reconnect.sinceMs > LONG_MS;
  const waits = reconnect === null ? 0 : Math.ceil((reconnect.nextAtMs - now) / 1_000);
  return (
    <Banner
      urgent
      actions={
        <>
          <BannerButton onClick={() => call.retryNow()}>Try now</BannerButton>
          {isLong && <BannerButton onClick={onLeave}>Leave</BannerButton>}
        </>
      }
    >
      <b className="font-semibold">{isLong ? "Still trying to reach the call." : "Your line to the call is gone."}</b>{" "}
      {isLong && "If your network stays away, try the data of your phone. "}
      <span aria-hidden="true" className="tabular-nums">
        {reconnect && reconnect.attempt > 1 && `Try ${reconnect.attempt}`}
        {waits > 0 && `, the next in ${waits} s`}
      </span>
    </Banner>
  );
}

function MinutesBanner({ warning, now }: { warning: NonNullable<CallState["warning"]>; now: number }) {
  const { endsAtMs, percent, remainingMinutes } = warning;
  return (
    <Banner tone="hold">
      {endsAtMs !== null ? (
        <>
          <b className="font-semibold">The plan’s minutes are used up.</b> This call may finish:{" "}
          <span className="tabular-nums">{formatClock(endsAtMs - now)}</span> left.
        </>
      ) : (
        <>
          <b className="font-semibold">{percent} percent of the plan’s minutes are used.</b> {remainingMinutes} left.
        </>
      )}
    </Banner>
  );
}

/** Said once in a call, in plain words, with the one thing that helps. */
function WeakLine() {
  const { call } = useRunning();
  const [dismissed, setDismissed] = useState(false);
  const { camera } = useReadable(call.local);
  const figures = useReadable(call.quality);
  const isWeak = [...figures.people.values()].some(
    ({ level, reason }) =>
      (level === "poor" || level === "lost") && (reason === "your_upload" || reason === "your_computer"),
  );
  if (!isWeak || dismissed || camera.status !== "on") return null;
  return (
    <Banner
      tone="hold"
      actions={
        <>
          <BannerButton
            onClick={() => {
              setDismissed(true);
              void call.local.setCamera(false);
            }}
          >
            Turn off video
          </BannerButton>
          <BannerButton onClick={() => setDismissed(true)}>Keep it</BannerButton>
        </>
      }
    >
      <b className="font-semibold">Your network is weak.</b> Your video was reduced so that your voice stays.
    </Banner>
  );
}

type BannerProps = { tone?: "plain" | "hold"; urgent?: boolean; children: ReactNode; actions?: ReactNode };

const Banner = ({ tone = "plain", urgent, children, actions }: BannerProps) => (
  <div
    role={urgent ? "alert" : "status"}
    className={`pointer-events-auto flex max-w-[min(40rem,92vw)] flex-wrap items-center gap-x-4 gap-y-1 rounded-media px-5 py-2.5 text-13 shadow-float ${
      tone === "hold" ? "bg-hold-wash text-hold" : "bg-[oklch(.25_.016_168)]"
    }`}
  >
    <p className="min-w-0 flex-1 basis-48">{children}</p>
    {actions && <span className="flex gap-1">{actions}</span>}
  </div>
);

const BannerButton = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button
    type="button"
    onClick={onClick}
    className="min-h-9 rounded-control px-3 font-semibold underline underline-offset-4 touch:min-h-11"
  >
    {children}
  </button>
);

/** Ticks by the second while something counts down. */
function useNow(isCounting: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isCounting) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), seconds(1));
    return () => clearInterval(timer);
  }, [isCounting]);
  return now;
}
