"use client";

import type { ReactNode } from "react";
import { useCallState, useRunning } from "../context";
import { encryptionOf } from "../stage/encryption";
import { REASONS } from "../stage/quality-bars";
import { useReadable } from "../use-readable";

/** What the call is, and how it goes to each of the others. */
export function About() {
  const { call } = useRunning();
  const { room, self, people } = useCallState();
  const sheet = useReadable(call.quality);
  if (!room || !self) return null;
  const { words } = encryptionOf([...sheet.people.values()].map(({ route }) => route));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
      <dl className="grid gap-4">
        <Fact title="Room">{room.name}</Fact>
        <Fact title="Encryption">{words}</Fact>
        <Fact title="Captions">
          Made by the browser of whoever speaks, where it can. Some browsers send the sound to their maker for that.
        </Fact>
      </dl>
      {people.map(({ id, name }) => {
        const figures = sheet.people.get(id);
        return (
          <section key={id} aria-label={`Line to ${name}`} className="mt-6 border-t border-rule pt-4">
            <h2 className="font-sans text-14 font-semibold tracking-normal">{name}</h2>
            {figures ? (
              <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-13 tabular-nums">
                <Figure title="Way">{figures.route === "relay" ? "By relay" : "Direct"}</Figure>
                <Figure title="There and back">
                  {figures.rttMs === null ? "–" : `${Math.round(figures.rttMs)} ms`}
                </Figure>
                <Figure title="Picture in">
                  {figures.videoIn.fps > 0
                    ? `${figures.videoIn.width}×${figures.videoIn.height}, ${Math.round(figures.videoIn.fps)} a second`
                    : "None"}
                </Figure>
                <Figure title="In">{rate(figures.audioIn.kbps + figures.videoIn.kbps)}</Figure>
                <Figure title="Out">{rate(figures.audioOut.kbps + figures.videoOut.kbps)}</Figure>
                <Figure title="Lost">{figures.audioIn.lossPercent.toFixed(1)} %</Figure>
                {figures.reason && <Figure title="Why it is weak">{REASONS[figures.reason]}</Figure>}
              </dl>
            ) : (
              <p className="mt-1 text-13 text-ink-faint">Not measured yet.</p>
            )}
          </section>
        );
      })}
    </div>
  );
}

const rate = (kbps: number) => `${Math.round(kbps)} kbit/s`;

const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <dt className="text-12 text-ink-faint">{title}</dt>
    <dd>{children}</dd>
  </div>
);

const Figure = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-faint">{title}</dt>
    <dd className="text-right">{children}</dd>
  </>
);
