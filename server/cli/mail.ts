import { listMailsGivenUp } from "@/lib/notifications/queries";
import { formatInstant } from "@/lib/time";
import { operatorCtx } from "./context";

/** Lists the mails that will not be tried again, with what the mail server said. */
export async function mail(): Promise<string> {
  const given = await listMailsGivenUp(operatorCtx());
  if (given.length === 0) return "No mail was given up.";
  return given
    .map(({ recipient, template, attempts, givenUpAt, why }) => {
      const tries = attempts === 1 ? "1 try" : `${attempts} tries`;
      return `${formatInstant(givenUpAt)}  ${template} to ${recipient}, after ${tries}\n  ${why}`;
    })
    .join("\n");
}
