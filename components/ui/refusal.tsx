"use client";

import { usePathname } from "next/navigation";

export type Refused = { message: string; code?: string };

/** Why something was not done, with the way out where there is one. */
export const Refusal = ({ of }: { of: Refused | undefined }) => (
  <p role="alert" className="text-13 text-danger empty:hidden">
    {of?.message}
    {of && isSignedOut(of) && (
      <>
        {" "}
        <SignInAgain />
      </>
    )}
  </p>
);

export const isSignedOut = ({ code }: Pick<Refused, "code">) => code === "unauthenticated";

/** Comes back to this page. */
export const SignInAgain = () => <a href={`/login?next=${encodeURIComponent(usePathname())}`}>Sign in</a>;
