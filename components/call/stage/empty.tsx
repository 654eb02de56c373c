"use client";

import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { QrCode } from "@/components/ui/qr-code";
import { someoneIn } from "../context";
import { Tile } from "./tile";
import type { useScene } from "./use-scene";

type EmptyProps = { inviteHref: string | undefined; scene: ReturnType<typeof useScene> };

/** Nobody else yet: how to bring somebody, and that waiting costs nothing. */
export function Empty({ inviteHref, scene }: EmptyProps) {
  const you = someoneIn(scene.state, scene.state.self?.id ?? "");
  const address = `${window.location.origin}${window.location.pathname}`;
  return (
    <div className="relative size-full">
      <ul aria-label="People" className="size-full">
        {you && <Tile someone={you} size="backdrop" pinned={false} className="size-full max-sm:rounded-none" />}
      </ul>
      <div className="absolute inset-0 z-3 grid content-end justify-items-center bg-linear-to-t from-[oklch(.13_.012_168/.92)] via-[oklch(.13_.012_168/.35)] to-transparent px-7 pb-14 text-center max-sm:pb-40">
        <h2 className="display text-25 sm:text-31">You are the first one here.</h2>
        <p className="mt-2 max-w-[42ch] text-ink-soft">No minutes are used while you are alone.</p>
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          {inviteHref && (
            <ButtonLink href={inviteHref} target="_blank" variant="line">
              Make a guest link
            </ButtonLink>
          )}
          <CopyButton text={address} label="Copy the address of this room" word="Copy the address" />
        </div>
        {/* A phone has no use for a code that it shows itself. */}
        <QrCode text={address} label="The address of this room, for a camera" className="mt-5 size-28 max-sm:hidden" />
      </div>
    </div>
  );
}
