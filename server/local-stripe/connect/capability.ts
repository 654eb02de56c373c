import type { Kinds } from "../store/kinds";

type Account = Kinds["account"];

/** One thing an account may do or has asked to do. */
export function capabilityOf(account: Account, id: string) {
  const status = Object.entries(account.capabilities ?? {}).find(([name]) => name === id)?.[1];
  const due = account.requirements?.currently_due ?? [];
  const waits = status === "inactive";
  const requirements = {
    ...{ alternatives: [], current_deadline: null, currently_due: waits ? due : [] },
    ...{ disabled_reason: waits ? "requirements.fields_needed" : null, errors: [], eventually_due: waits ? due : [] },
    ...{ past_due: waits ? due : [], pending_verification: [] },
  };
  return {
    ...{ id, object: "capability", account: account.id, requested: status !== undefined },
    ...{ requested_at: status === undefined ? null : account.created, requirements },
    ...{
      future_requirements: {
        ...requirements,
        currently_due: [],
        eventually_due: [],
        past_due: [],
        disabled_reason: null,
      },
    },
    status: status ?? "unrequested",
  };
}

/** Asks for what an account may do. One that has told us everything gets it at once. */
export function request(account: Account, names: string[]): void {
  const granted = account.details_submitted && !account.requirements?.disabled_reason;
  const asked = names.filter((name) => !(name in (account.capabilities ?? {})));
  account.capabilities = {
    ...account.capabilities,
    ...Object.fromEntries(asked.map((name) => [name, granted ? ("active" as const) : ("inactive" as const)])),
  };
}
