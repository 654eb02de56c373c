import type { FirstSteps } from "@/lib/registration/first-steps";
import type { Scope } from "@/lib/scopes";
import type { Step } from "./first-steps";

/** The steps that this role can take, each ticked from facts. */
export function stepsFor(facts: FirstSteps, scopes: readonly Scope[]): Step[] {
  const all: (Step & { scope?: Scope })[] = [
    {
      title: "Verify your e-mail address",
      why: "So that receipts reach you, and a lost password is no lost account.",
      done: facts.emailVerified,
      href: "/dashboard/settings",
      label: "Verify it",
    },
    {
      title: "Make a key",
      why: "A key lets a program act for this account, as far as you allow.",
      done: facts.hasKey,
      href: "/dashboard/keys",
      label: "Make a key",
      scope: "keys:write",
    },
    {
      title: "Make the first call",
      why: "One line of curl is enough. The docs have it ready.",
      done: facts.hasCalled,
      href: "/docs",
      label: "Open the docs",
      scope: "keys:write",
    },
    {
      title: "Invite somebody",
      why: "Everybody signs in as themselves, with a role that says what they may do.",
      done: facts.hasInvited,
      href: "/dashboard/settings/members",
      label: "Invite",
      scope: "members:write",
    },
  ];
  return all.filter(({ scope }) => !scope || scopes.includes(scope)).map(({ scope: _, ...step }) => step);
}
