import type { ReactNode } from "react";
import { Ledger } from "@/components/ui/ledger";
import { BROWSER_SCOPES, KEY_SCOPES, PUBLISHABLE_SCOPES, SCOPE_MEANING } from "@/lib/scopes";
import { Guide } from "./guide";
import { Code, Paragraph } from "./words";

const ways = [
  {
    key: "key",
    cells: {
      what: <span className="whitespace-nowrap">API key</span>,
      where: <Code>X-API-Key: mk_...</Code>,
      whom: "Programs. Acts for an account, within the scopes of the key.",
    },
  },
  {
    key: "bearer",
    cells: {
      what: <span className="whitespace-nowrap">Bearer</span>,
      where: <Code>Authorization: Bearer ...</Code>,
      whom: "A person’s token, good for seven days, or an API key.",
    },
  },
  {
    key: "cookie",
    cells: {
      what: <span className="whitespace-nowrap">Cookie</span>,
      where: "Sent by the browser",
      whom: "A browser that signed in here. Changes are taken from our own pages only.",
    },
  },
  {
    key: "address",
    cells: {
      what: <span className="whitespace-nowrap">In the address</span>,
      where: <Code>?api_key=mk_...</Code>,
      whom: (
        <>
          Below <Code>/api/v1</Code> only, where no header can be set.
        </>
      ),
    },
  },
];

const scopes = KEY_SCOPES.map((scope) => ({
  key: scope,
  cells: {
    scope: <Code>{scope}</Code>,
    allows: SCOPE_MEANING[scope],
    browser: BROWSER_SCOPES.includes(scope) ? "Yes" : "No",
    publishable: PUBLISHABLE_SCOPES.includes(scope) ? "Yes" : "No",
  },
}));

export function KeysGuide() {
  return (
    <Guide anchor="keys">
      <div className="mt-5 grid gap-5">
        <Ledger
          stickyTop="var(--bar, 0px)"
          caption="Four ways to say who you are"
          columns={[
            { key: "what", title: "With" },
            { key: "where", title: "Written" },
            { key: "whom", title: "For" },
          ]}
          rows={ways}
        />
        <Paragraph>
          Send one. A header counts before the cookie. Two different keys in one request are refused, and so is a key
          that is not good: a wrong one is never passed over for something else. Public calls ask for nothing.
        </Paragraph>
        <Part title="Keys">
          <Paragraph>
            A key starts with <Code>mk_</Code> or <Code>nk_</Code>; both are secret and work alike. It holds the scopes
            that were named when it was made, and nothing else. Making keys and changing people needs somebody signed
            in. A revoked key is refused everywhere within a second.
          </Paragraph>
          <Ledger
            stickyTop="var(--bar, 0px)"
            caption="Scopes of a key"
            columns={[
              { key: "scope", title: "Scope" },
              { key: "allows", title: "Allows to" },
              { key: "browser", title: "From a page" },
              { key: "publishable", title: "Publishable", wideOnly: true },
            ]}
            rows={scopes}
          />
        </Part>
        <Part title="From a web page" id="origins">
          <Paragraph>
            A key may be used from pages of this site, from <Code>localhost</Code>, and from the origins listed in its{" "}
            <Code>allowedOrigins</Code>. Seen in a page, a secret key keeps only the scopes marked above. Better is a
            publishable key, <Code>mpk_</Code>, which can join rooms and do nothing else. The cookie never crosses to
            another site.
          </Paragraph>
        </Part>
        <Part title="In the address" id="api-key-in-address">
          <Paragraph>
            An address ends up in logs and histories, so a key in it is taken under conditions. The path is below{" "}
            <Code>/api/v1</Code>. The key is secret and its <Code>allowQuery</Code> is on. The request does not come
            from a browser. No header names another credential. There are at most 60 such calls a minute for a key. The
            answer carries <Code>Deprecation: true</Code>. A header is always the better way.
          </Paragraph>
        </Part>
      </div>
    </Guide>
  );
}

function Part({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <div id={id} className="grid scroll-mt-16 gap-3 pt-3 lg:scroll-mt-6">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </div>
  );
}
