import type { ReactNode } from "react";
import type { DrawnName } from "@/components/brand/people";
import { Person } from "@/components/brand/person";

type AuthPageProps = {
  title: string;
  /** One or two sentences below the title. */
  intro: ReactNode;
  children: ReactNode;
  /** Who sits on the other side on wide screens. */
  look: DrawnName;
  speaking?: boolean;
  /** A slip of paper that lies over the picture. */
  slip?: ReactNode;
};

/** A form on paper, and on wide screens somebody across the table. */
export function AuthPage({ title, intro, children, look, speaking, slip }: AuthPageProps) {
  return (
    <div className="grid flex-1 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex flex-col px-5 pb-16 sm:px-8 lg:px-10 lg:pt-19">
        <div className="mx-auto my-auto w-full max-w-[400px] pt-4">
          <h1 className="text-39 sm:text-49">{title}</h1>
          <p className="mt-3 text-16 text-ink-soft">{intro}</p>
          <div className="mt-8">{children}</div>
        </div>
      </div>
      <aside aria-hidden="true" className="relative hidden p-3 lg:block">
        <div className="stage relative isolate h-full min-h-[34rem] overflow-hidden rounded-stage">
          <Person look={look} speaking={speaking ?? false} facing="left" className="absolute inset-0" />
        </div>
        {slip && <div className="absolute bottom-14 left-[-2.5rem] w-[min(23rem,72%)]">{slip}</div>}
      </aside>
    </div>
  );
}
