import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

/** What an operator's mode lets through beyond public https. */
export type Policy = { plainHttp: boolean; loopback: boolean };

export type Judged = { allowed: true; url: URL } | { allowed: false; why: string };

const LONGEST_URL = 2_000;
const PORTS: Record<string, readonly number[]> = { "https:": [443, 8443], "http:": [80, 8080] };
const FIRST_PLAIN_PORT = 1_024;

const list = (type: "ipv4" | "ipv6", ...ranges: string[]): BlockList => {
  const made = new BlockList();
  for (const range of ranges) {
    const [network = "", prefix] = range.split("/");
    made.addSubnet(network, Number(prefix), type);
  }
  return made;
};

/** Everything in IPv4 that is not one machine on the public internet; the last is where one cloud answers its guests. */
const NOT_PUBLIC_4 = list(
  "ipv4",
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
  ...["192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"],
  ...["224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"],
);

/** In IPv6 the public part is one block, and these in it carry IPv4, other purposes or examples. */
const GLOBAL_6 = list("ipv6", "2000::/3");
const NOT_PUBLIC_6 = list("ipv6", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

const LOOPBACK_4 = list("ipv4", "127.0.0.0/8");
const LOOPBACK_6 = list("ipv6", "::1/128");

/** Whether an address may be connected to. What it is not known to be public, is not. */
export function mayReach(address: string, { loopback }: Policy): boolean {
  if (isIPv4(address)) return (loopback && LOOPBACK_4.check(address)) || !NOT_PUBLIC_4.check(address);
  // A zone names a link, and no link of ours is anybody's business.
  if (!isIPv6(address) || address.includes("%")) return false;
  if (loopback && LOOPBACK_6.check(address, "ipv6")) return true;
  return GLOBAL_6.check(address, "ipv6") && !NOT_PUBLIC_6.check(address, "ipv6");
}

/** Judges an address by what is written. Where its name leads is judged again when it is resolved. */
export function judgeUrl(text: string, policy: Policy): Judged {
  const refused = (why: string): Judged => ({ allowed: false, why });
  if (text.length > LONGEST_URL) return refused(`An address has at most ${LONGEST_URL} characters.`);
  if (/[\s\\\p{Cc}]/u.test(text)) return refused("The address must not hold spaces or backslashes.");
  if (!URL.canParse(text)) return refused("Enter an address such as https://hooks.example.com/parley.");
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && policy.plainHttp))
    return refused("The address must begin with https://.");
  if (url.username || url.password || authorityOf(text).includes("@"))
    return refused("Leave the user name and password out of the address. Verify the signature instead.");
  const why = whyNotHost(text, url, policy) ?? whyNotPort(url, policy);
  return why === undefined ? { allowed: true, url } : refused(why);
}

function whyNotHost(text: string, url: URL, policy: Policy): string | undefined {
  const host = hostOf(url);
  if (isIP(host) === 0) {
    if (host === "localhost" && policy.loopback) return undefined;
    const isFull = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(
      host,
    );
    if (!isFull || /(?:^|\.)(?:localhost|local|internal|intranet|home\.arpa)$/.test(host))
      return "The host must be a full name on the public internet, such as hooks.example.com.";
    return undefined;
  }
  // The parser reads 2130706433, 0x7f.1 and 127.1 as an address; whoever writes one so has something to hide.
  if (isIPv4(host) && authorityOf(text).replace(/:\d*$/, "") !== host)
    return "Write an IP address as four decimal numbers.";
  return mayReach(host, policy) ? undefined : NOT_PUBLIC;
}

export const NOT_PUBLIC = "The address leads to a private or special network. It must be on the public internet.";

function whyNotPort(url: URL, policy: Policy): string | undefined {
  const usual = PORTS[url.protocol] ?? [];
  const port = url.port === "" ? usual[0] : Number(url.port);
  if (port === undefined || usual.includes(port)) return undefined;
  const host = hostOf(url);
  const isLoopback = host === "localhost" || (isIP(host) !== 0 && isLoopbackAddress(host));
  if (policy.loopback && isLoopback && port >= FIRST_PLAIN_PORT) return undefined;
  return `Use port ${usual.join(" or ")}.`;
}

const isLoopbackAddress = (address: string) =>
  isIPv4(address) ? LOOPBACK_4.check(address) : LOOPBACK_6.check(address, "ipv6");

/** Without the brackets of IPv6 and the dot that ends a rooted name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");

const authorityOf = (text: string): string => /^[a-z]+:\/*([^/?#]*)/i.exec(text)?.[1] ?? "";
