import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/mark";
import { SkipLink } from "@/components/ui/skip-link";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="relative flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex h-16 shrink-0 items-center px-5 sm:h-19 sm:px-8 lg:absolute lg:inset-x-0 lg:top-0 lg:px-10">
        <Link href="/" className="flex min-h-11 items-center rounded-control no-underline">
          <Wordmark />
        </Link>
      </header>
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  );
}
