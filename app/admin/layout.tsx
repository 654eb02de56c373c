import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";
import { staffCtx } from "@/lib/http/page";
import { AdminBar } from "./_components/admin-bar";

export const metadata: Metadata = {
  title: { default: "Staff", template: "%s · Staff · Parley" },
  robots: { index: false },
};

/** For those who work for the operator; to everybody else there is nothing at these addresses. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await staffCtx();
  return (
    <>
      <SkipLink />
      <AdminBar />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-[1320px] min-w-0 px-[clamp(16px,3vw,40px)] pb-24 text-13 outline-none [&_tbody_td]:py-1.5"
      >
        {children}
      </main>
    </>
  );
}
