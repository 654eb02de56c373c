import Link from "next/link";
import { Wordmark } from "@/components/brand/mark";
import { ButtonLink } from "@/components/ui/button-link";
import { SkipLink } from "@/components/ui/skip-link";

const pages = [
  { href: "/#systems", label: "Systems" },
  { href: "/pricing", label: "Pricing" },
  { href: "/docs", label: "Docs" },
];

export function Header({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <header className="page-wrap flex items-center gap-x-3 max-sm:flex-wrap sm:gap-x-10 sm:h-19">
      <SkipLink />
      <Link href="/" className="flex min-h-11 items-center rounded-control no-underline max-sm:my-2.5">
        <Wordmark live />
      </Link>
      <nav aria-label="Pages" className="flex gap-7 max-sm:order-last max-sm:w-full max-sm:border-t max-sm:border-rule">
        {pages.map(({ href, label }) => (
          <Link key={href} href={href} className="flex min-h-11 items-center text-ink-soft no-underline hover:text-ink">
            {label}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-1 sm:gap-2">
        {isSignedIn ? <ButtonLink href="/dashboard">To your dashboard</ButtonLink> : <WaysIn />}
      </div>
    </header>
  );
}

const WaysIn = () => (
  <>
    <ButtonLink href="/login" variant="quiet" className="max-[22rem]:hidden">
      Sign in
    </ButtonLink>
    <ButtonLink href="/register" className="max-sm:px-3 max-sm:text-13">
      Open an account
    </ButtonLink>
  </>
);
