import type { ReactNode } from "react";
import { accentOf, DoorMark, type Look } from "../brand";

type DoorPageProps = { look: Look; preview: ReactNode; children: ReactNode };

/** Before a call: how you look on the left, where you are going on the right. */
export const DoorPage = ({ look, preview, children }: DoorPageProps) => (
  <div
    className="page-wrap flex min-h-dvh flex-col text-ink pb-[calc(2rem+env(safe-area-inset-bottom))]"
    style={accentOf(look)}
  >
    <header className="flex h-19 items-center max-sm:h-16">
      <DoorMark look={look} />
    </header>
    <main className="grid md:my-auto items-center gap-x-16 gap-y-5 md:gap-y-8 md:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-4">{preview}</div>
      <div className="grid min-w-0 gap-5 md:gap-6">{children}</div>
    </main>
  </div>
);
