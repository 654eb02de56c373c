type LoggedRequest = {
  id: string;
  account: string | null;
  method: string;
  url: string;
  status: number;
  tookMs: number;
  at: number;
};
export type RequestLog = { add(request: LoggedRequest): void; list(account: string): LoggedRequest[] };

const MOST = 1_000;

/** The last requests, for the page that shows them. They do not survive a restart, and hold no bodies. */
export function createRequestLog(): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    add(request) {
      entries.push(request);
      if (entries.length > MOST) entries.shift();
    },
    list: (account) => entries.filter((entry) => entry.account === account).reverse(),
  };
}
