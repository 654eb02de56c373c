import { CodeBlock } from "@/components/ui/code-block";
import { EVENT_TYPES, EVENTS, type EventType } from "@/lib/events/catalogue";
import { jsonSchemaOf } from "@/lib/http/describe/json-schema";
import { toJson } from "@/lib/http/describe/literal";
import { Anchored } from "./anchored";
import { FieldLedger } from "./field-ledger";
import { fieldsOf } from "./fields";
import { Guide } from "./guide";
import { VERIFY_WEBHOOK } from "./verify-webhook";
import { Beside, Code, Paragraph } from "./words";

const HEADERS = `content-type: application/json
user-agent: Parley-Webhooks/1
webhook-id: event_01ke6zv3s80q4n7xw2m5j9t8cd
webhook-timestamp: 1796115600
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=`;

export function WebhooksGuide() {
  return (
    <Guide anchor="webhooks">
      <Beside code={<CodeBlock label="the headers of a request" samples={[{ language: "Headers", code: HEADERS }]} />}>
        <Paragraph>
          An endpoint is an address of yours to which an account’s events are posted as JSON, signed as{" "}
          <a href="https://www.standardwebhooks.com">Standard Webhooks</a> says. Make one at{" "}
          <a href="/dashboard/webhooks">your webhooks</a> or with <a href="#post-webhook-endpoints">a call</a>; the
          secret is in that answer and in no other.
        </Paragraph>
        <Paragraph>
          Answer 2xx within 15 seconds and do the work afterwards. Anything else is tried again after 5 seconds, 5 and
          30 minutes, 2, 5, 10, 14, 20 and 24 hours, each up to a fifth later. Redirects are not followed. 410 switches
          the endpoint off at once, and five days without a success do so too; its people get a mail.
        </Paragraph>
        <Paragraph>
          An event may come twice and events may come out of order. <Code>webhook-id</Code> is the event’s own and stays
          the same at every attempt and replay: keep it, and skip what you had. Compare the signature over the body as
          it came, before it is parsed. While a secret changes over there are two signatures, and one that fits is
          enough.
        </Paragraph>
        <Paragraph>
          The address is https on the public internet, on port 443 or 8443. What leads to a private network is refused
          when it is saved and again at every request.
        </Paragraph>
      </Beside>
      <div className="mt-6">
        <CodeBlock label="how to verify a request" samples={[{ language: "TypeScript", code: VERIFY_WEBHOOK }]} />
      </div>
      <div className="mt-10 grid gap-10">
        {EVENT_TYPES.map((type) => (
          <OneEvent key={type} type={type} />
        ))}
      </div>
    </Guide>
  );
}

function OneEvent({ type }: { type: EventType }) {
  const { says, facts, example } = EVENTS[type];
  const whole = {
    type,
    timestamp: "2026-11-28T09:00:00.000Z",
    accountId: "account_01ke6zv3s80q4n7xw2m5j9t8cd",
    data: example,
  };
  const id = `event-${type.replaceAll(".", "-")}`;
  return (
    <section id={id} className="scroll-mt-16 border-t border-rule pt-4 lg:scroll-mt-6">
      <Anchored as="h3" id={id} className="text-20">
        {type}
      </Anchored>
      <Beside code={<CodeBlock label={`a ${type} event`} samples={[{ language: "Body", code: toJson(whole) }]} />}>
        <Paragraph>{says}</Paragraph>
        <FieldLedger
          caption={`Data of ${type}`}
          fields={fieldsOf(jsonSchemaOf(facts, "output"))}
          marksOptional={false}
        />
      </Beside>
    </section>
  );
}
