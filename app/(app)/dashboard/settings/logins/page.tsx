import { Ledger } from "@/components/ui/ledger";
import { Stamp } from "@/components/ui/tag";
import { pageCtx } from "@/lib/http/page";
import { listLogins } from "@/lib/logins/queries";
import { formatAgo, formatDay } from "@/lib/time";
import { EndEverywhere } from "./_components/end-everywhere";
import { EndLogin } from "./_components/end-login";

export const metadata = { title: "Logins" };

const columns = [
  { key: "device", title: "Where" },
  { key: "seen", title: "Last seen", wideOnly: true },
  { key: "until", title: "Ends", wideOnly: true },
  { key: "end", title: "Actions", kind: "number" as const },
];

export default async function LoginsPage() {
  const logins = await listLogins(await pageCtx());
  const now = new Date();

  return (
    <section>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 className="text-20 sm:text-25">Where you are signed in</h2>
          <p className="mt-1 text-ink-soft">
            A login ends by itself after seven days, in a browser after a day unused.
          </p>
        </div>
        <EndEverywhere others={logins.length - 1} />
      </div>
      <Ledger
        caption="Logins"
        columns={columns}
        rows={logins.map(({ id, device, via, ip, lastSeenAt, expiresAt, isCurrent }) => ({
          key: id,
          cells: {
            device: (
              <>
                <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                  <b className="font-semibold">{device}</b>
                  {isCurrent && <Stamp>This one</Stamp>}
                </span>
                <span className="text-13 text-ink-faint">
                  {via === "api" ? "API token" : "Browser"}, {ip}
                  <span className="sm:hidden">, {formatAgo(lastSeenAt, now)}</span>
                </span>
              </>
            ),
            seen: <time dateTime={lastSeenAt.toISOString()}>{isCurrent ? "now" : formatAgo(lastSeenAt, now)}</time>,
            until: <time dateTime={expiresAt.toISOString()}>{formatDay(expiresAt)}</time>,
            end: isCurrent ? null : <EndLogin id={id} device={device} />,
          },
        }))}
      />
    </section>
  );
}
