import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { env } from "@/lib/env";
import { hostOf, judgeUrl, mayReach, NOT_PUBLIC, type Policy } from "./rules";

export type Address = { address: string; family: number };
export type Resolve = (host: string) => Promise<Address[]>;

/** Why a request is not made. Its message is safe to show to whoever wrote the address. */
export class EgressRefused extends Error {
  override readonly name = "EgressRefused";
}

export function policy(): Policy {
  const { isProduction, WEBHOOKS_TO_LOOPBACK } = env();
  return { plainHttp: !isProduction, loopback: !isProduction && WEBHOOKS_TO_LOOPBACK };
}

/** The machine's own way, so that what its operator wrote into the hosts file counts and is judged. */
export const bySystem: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** Judges an address and every place its name leads to at this moment. One bad place is enough to refuse. */
export async function pin(text: string, resolve: Resolve): Promise<{ url: URL; addresses: Address[] }> {
  const rules = policy();
  const judged = judgeUrl(text, rules);
  if (!judged.allowed) throw new EgressRefused(judged.why);
  const host = hostOf(judged.url);
  const literal = isIP(host);
  const addresses = literal ? [{ address: host, family: literal }] : await resolved(host, resolve);
  if (!addresses.every(({ address }) => mayReach(address, rules))) throw new EgressRefused(NOT_PUBLIC);
  return { url: judged.url, addresses };
}

async function resolved(host: string, resolve: Resolve): Promise<Address[]> {
  const addresses = await resolve(host).catch((cause) => {
    throw new EgressRefused(`No address is known for ${host}.`, { cause });
  });
  if (addresses.length === 0) throw new EgressRefused(`No address is known for ${host}.`);
  return addresses;
}
