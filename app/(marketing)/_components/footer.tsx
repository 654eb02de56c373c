import Link from "next/link";
import { Wordmark } from "@/components/brand/mark";
import type { Theme } from "@/components/ui/theme";
import { ThemeChoice } from "@/components/ui/theme-choice";

const pages = [
  { href: "/pricing", label: "Pricing" },
  { href: "/docs", label: "Documentation" },
];
const waysIn = [
  { href: "/login", label: "Sign in" },
  { href: "/register", label: "Open an account" },
];
const home = [{ href: "/dashboard", label: "To your dashboard" }];

export function Footer({ isSignedIn, theme }: { isSignedIn: boolean; theme: Theme }) {
  return (
    <footer className="page-wrap mt-18 flex flex-wrap items-center gap-x-10 gap-y-4 border-t border-rule pt-7 pb-10 sm:mt-28">
      <Wordmark />
      <nav aria-label="More pages" className="flex flex-wrap gap-x-6">
        {[...pages, ...(isSignedIn ? home : waysIn)].map(({ href, label }) => (
          <Link key={href} href={href} className="flex min-h-11 items-center text-ink-soft no-underline hover:text-ink">
            {label}
          </Link>
        ))}
        <a href="/api/openapi.json" className="flex min-h-11 items-center text-ink-soft no-underline hover:text-ink">
          API description
        </a>
      </nav>
      <div className="sm:ml-auto">
        <ThemeChoice initial={theme} />
      </div>
    </footer>
  );
}
