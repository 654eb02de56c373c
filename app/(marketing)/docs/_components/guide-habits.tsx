import { CodeBlock } from "@/components/ui/code-block";
import { Ledger } from "@/components/ui/ledger";
import { anonymousLimit, memberLimit } from "@/lib/limits";
import { Guide } from "./guide";
import { Beside, Code, Paragraph } from "./words";

const repeat = (publicUrl: string) => `curl ${publicUrl}/api/keys \\
  -H "Authorization: Bearer $PARLEY_TOKEN" \\
  -H "Idempotency-Key: production-server-1" \\
  -H "Content-Type: application/json" \\
  -d '{ "name": "Production server" }'`;

export function IdempotencyGuide({ publicUrl }: { publicUrl: string }) {
  return (
    <Guide anchor="idempotency">
      <Beside
        code={
          <CodeBlock label="a call that may be repeated" samples={[{ language: "curl", code: repeat(publicUrl) }]} />
        }
      >
        <Paragraph>
          When the line breaks you cannot know whether a call went through. Send it with an <Code>Idempotency-Key</Code>{" "}
          and you can repeat it: the same key with the same body is answered with the first answer, failures included,
          for 24 hours, and does nothing again. Such an answer carries <Code>Idempotency-Replayed: true</Code>.
        </Paragraph>
        <Paragraph>
          The key is 8 to 255 printable characters of your choice, without spaces; a new one for each thing you mean to
          do. Another body under the same key answers 422. While the first request is still running the answer is 409
          with <Code>Retry-After</Code>.
        </Paragraph>
        <Paragraph>Calls that take one say so. GET, PATCH and DELETE may be repeated anyway.</Paragraph>
      </Beside>
    </Guide>
  );
}

export function LimitsGuide() {
  const limits = [
    {
      of: "Public calls, from one IP address",
      allows: `${anonymousLimit().count} requests in 15 minutes`,
    },
    { of: "A key, or a login", allows: `${memberLimit().count} requests a minute` },
    { of: "A body", allows: "1 MiB" },
    { of: "The headers of a request", allows: "100" },
  ];
  return (
    <Guide anchor="limits">
      <div className="mt-5 grid gap-5">
        <Paragraph>
          The window slides: a request is free again when it is that old. Every answer says where you stand in{" "}
          <Code>RateLimit-Limit</Code>, <Code>RateLimit-Remaining</Code> and <Code>RateLimit-Reset</Code>, in seconds.
          One too many answers 429 with <Code>Retry-After</Code>. Wrong passwords are slowed down further.
        </Paragraph>
        <Ledger
          stickyTop="var(--bar, 0px)"
          caption="Limits"
          columns={[
            { key: "of", title: "What" },
            { key: "allows", title: "At most", kind: "number" },
          ]}
          rows={limits.map((cells) => ({ key: cells.of, cells }))}
        />
      </div>
    </Guide>
  );
}

export function PagingGuide({ publicUrl }: { publicUrl: string }) {
  const code = `curl "${publicUrl}/api/keys?limit=2" \\\n  -H "Authorization: Bearer $PARLEY_TOKEN"`;
  return (
    <Guide anchor="paging">
      <Beside code={<CodeBlock label="the first page" samples={[{ language: "curl", code }]} />}>
        <Paragraph>
          Long lists come in pages. <Code>limit</Code> sets the size, up to 100. When <Code>nextCursor</Code> is not
          null there is more: send it back as <Code>cursor</Code>. A cursor stays good when rows are added or go away.
        </Paragraph>
      </Beside>
    </Guide>
  );
}

export function RequestIdGuide() {
  return (
    <Guide anchor="request-ids">
      <div className="mt-5">
        <Paragraph>
          Every answer carries <Code>X-Request-Id</Code>, and every refusal repeats it as <Code>requestId</Code>. It
          finds the request in the logs, so send it along when you ask about one. You may choose it yourself: 8 to 64
          letters, digits, dashes or underscores in <Code>X-Request-Id</Code>.
        </Paragraph>
      </div>
    </Guide>
  );
}
