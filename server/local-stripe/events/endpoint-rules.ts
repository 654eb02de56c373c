import { refused } from "../http/errors";
import { randomText } from "../store/ids";

export const newSecret = (): string => `whsec_${randomText(32)}`;

/** Events go to this machine and private networks only: nothing here should reach a stranger. */
export function judgeUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !["http:", "https:"].includes(parsed.protocol))
    throw refused("Invalid URL: An explicit scheme (such as https) must be provided.", { param: "url" });
  const local =
    /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd]|[\w-]+\.(local|internal|test)$)/.test(
      parsed.hostname,
    );
  if (!local)
    throw refused("The local Stripe delivers webhooks to this machine and private networks only.", { param: "url" });
}
