import { days, minutes } from "@/lib/time";

export const LOGIN_LIFE_MS = days(7);
/** A browser that was not seen for this long has to sign in again. */
export const BROWSER_IDLE_MS = days(1);
export const VERIFY_LIFE_MS = days(3);
export const RESET_LIFE_MS = minutes(30);

/**
 * How long an address rests, for one network, after the first, second, third wrong
 * password from there, and so on; the last number goes for all that follow. It never
 * locks for good, and what a stranger guesses elsewhere does not keep the owner out.
 */
export const REST_SECONDS: readonly number[] = [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300];

/** How other systems keep passwords. The cost has an end, so that no row makes us work for minutes. */
const BCRYPT = /^\$2[aby]\$(?:0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/;

/** Whether a hash came with a user from another system. */
export const isImported = (passwordHash: string): boolean => BCRYPT.test(passwordHash);

/**
 * The network that an address is in: its first three numbers, or the half of an IPv6
 * address that its owner cannot choose. What a stranger does elsewhere is told apart by it.
 */
export function networkOf(ip: string | null): string {
  const address = (ip ?? "").toLowerCase().replace(/%.*$/, "");
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address)?.[1];
  if (v4) return `${v4}.0/24`;
  if (!/^[0-9a-f:]*:[0-9a-f:.]*$/.test(address)) return "unknown";
  const [head = "", tail] = address.split("::");
  const before = groupsOf(head);
  const behind = groupsOf(tail ?? "");
  // An IPv4 address at the end stands for two groups.
  const known = before.length + behind.length + (address.includes(".") ? 1 : 0);
  const gap = tail === undefined ? 0 : Math.max(8 - known, 0);
  const groups = [...before, ...Array.from({ length: gap }, () => "0"), ...behind];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

const groupsOf = (text: string): string[] =>
  text
    .split(":")
    .filter((group) => group !== "")
    .map((group) => group.replace(/^0+(?=.)/, ""));

/** "Firefox on Windows", "curl". What a person needs to recognise a login, and no more. */
export function deviceOf(userAgent: string): string {
  const browser = BROWSERS.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? (/^[\w.-]{1,40}/.exec(userAgent)?.[0] || "An unknown program");
}

const BROWSERS: readonly [name: string, pattern: RegExp][] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:HeadlessChrome|Chrome|CriOS)\//],
  ["Safari", /\bVersion\/[\d.]+.*\bSafari\//],
  ["curl", /^curl\//],
];

const SYSTEMS: readonly [name: string, pattern: RegExp][] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /\bLinux\b/],
];
