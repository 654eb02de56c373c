import { CodeBlock } from "@/components/ui/code-block";
import { Ledger } from "@/components/ui/ledger";
import { ERRORS } from "@/lib/http/describe/errors";
import { toJson } from "@/lib/http/describe/literal";
import { Guide } from "./guide";
import { Beside, Code, Name, Paragraph, Words } from "./words";

const sentence = "Enter an e-mail address, such as you@example.com.";

const example = {
  error: sentence,
  code: "invalid",
  details: { fields: { email: sentence } },
  requestId: "req_01ke6zv3s80q4n7xw2m5j9t8cd",
};

export function ErrorsGuide() {
  return (
    <Guide anchor="errors">
      <Beside code={<CodeBlock label="a refusal" samples={[{ language: "Refusal 400", code: toJson(example) }]} />}>
        <Paragraph>
          A refusal is JSON like any other answer. <Code>error</Code> is a sentence for a person, and may change.{" "}
          <Code>code</Code> is for your program, and does not. <Code>details</Code> has facts that help to react; for
          bad input, a sentence for each field.
        </Paragraph>
        <Paragraph>
          Some refusals carry more fields beside <Code>error</Code>; each call names its own. What you may not see
          answers 404, as if it were not there. Treat a code that you do not know by its status.
        </Paragraph>
      </Beside>
      <div className="mt-6">
        <Ledger
          stickyTop="var(--bar, 0px)"
          caption="Every code"
          columns={[
            { key: "status", title: "Status", kind: "when" },
            { key: "code", title: "Code" },
            { key: "meaning", title: "Means" },
          ]}
          rows={ERRORS.map(({ code, status, meaning }) => ({
            key: code,
            cells: { status, code: <Name name={code} />, meaning: <Words text={meaning} /> },
          }))}
        />
      </div>
    </Guide>
  );
}
