import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";
import { toJson } from "@/lib/http/describe/literal";
import type { Answer, OpenApi, Operation, Reference } from "@/lib/http/describe/shape";
import { Anchored } from "./anchored";
import { bodyOf, type Entry, resolved } from "./entries";
import { FieldLedger } from "./field-ledger";
import { fieldsOf, rowOf } from "./fields";
import { Filterable } from "./filter";
import { Sample } from "./sample";
import { Beside, Code, Paragraph, Words } from "./words";

export function Endpoint({ entry, document }: { entry: Entry; document: OpenApi }) {
  const { anchor, method, path, operation, words } = entry;
  const done = answerOf(operation);
  return (
    <Filterable words={words}>
      <section id={anchor} data-entry className="scroll-mt-16 border-t border-rule pt-6 pb-14 lg:scroll-mt-6">
        <Anchored as="h3" id={anchor} className="text-20">
          {operation.summary}
        </Anchored>
        <Beside
          code={
            <>
              <Sample label={`the call ${method} ${path}`} samples={operation["x-codeSamples"]} />
              {done && (
                <CodeBlock
                  label={`the answer of ${method} ${path}`}
                  samples={[{ language: `Answer ${done.status}`, code: toJson(done.example) }]}
                />
              )}
            </>
          }
        >
          <Address {...entry} publicUrl={document.servers[0]?.url ?? ""} />
          {operation.description && (
            <Paragraph>
              <Words text={operation.description} />
            </Paragraph>
          )}
          <Terms operation={operation} />
          <Fields entry={entry} document={document} />
        </Beside>
      </section>
    </Filterable>
  );
}

const METHOD_COLOUR: Partial<Record<string, string>> = { GET: "text-ink-faint", DELETE: "text-danger" };

export const MethodWord = ({ method }: { method: string }) => (
  <span className={cx("font-mono font-semibold", METHOD_COLOUR[method])}>{method}</span>
);

function Address({ method, path, operation, publicUrl }: Entry & { publicUrl: string }) {
  return (
    <div>
      <p className="flex items-center gap-2">
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <MethodWord method={method} /> <Code>{path}</Code>
        </span>
        <CopyButton text={publicUrl + path} label={`Copy the address ${path}`} />
      </p>
      {operation["x-also-at"] && (
        <p className="text-13 text-ink-faint">
          Also at{" "}
          {operation["x-also-at"].map((alias, place) => (
            <span key={alias}>
              {place > 0 && ", "}
              <Code>{alias}</Code>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

function Terms({ operation }: { operation: Operation }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1">
      <dt className="text-ink-faint">Who</dt>
      <dd>{operation["x-who"]}</dd>
      {operation["x-scope"] && (
        <>
          <dt className="text-ink-faint">Scope</dt>
          <dd>
            <Code>{operation["x-scope"]}</Code>
          </dd>
        </>
      )}
      {operation["x-idempotent"] && (
        <>
          <dt className="text-ink-faint">Repeats</dt>
          <dd>
            Safe with an <a href="#idempotency">Idempotency-Key</a>.
          </dd>
        </>
      )}
    </dl>
  );
}

function Fields({ entry: { operation, parameters, method, path }, document }: { entry: Entry; document: OpenApi }) {
  const body = bodyOf(document, operation);
  const done = answerOf(operation);
  const answer = done && fieldsOf(resolved(document, done.schema));
  const groups = [
    { title: "In the address", fields: rowsIn("path") },
    { title: "Behind the question mark", fields: rowsIn("query") },
    { title: "Body", fields: body ? fieldsOf(body) : [] },
  ];
  return (
    <>
      {groups
        .filter(({ fields }) => fields.length > 0)
        .map(({ title, fields }) => (
          <div key={title}>
            <h4 className="font-semibold">{title}</h4>
            <FieldLedger caption={`${title} of ${method} ${path}`} fields={fields} marksOptional />
          </div>
        ))}
      {answer && answer.length > 0 && (
        <details className="group/answer">
          <summary className="inline-flex min-h-8 items-center gap-2 rounded-[3px] font-semibold touch:min-h-11">
            <span aria-hidden="true" className="text-ink-faint transition-transform group-open/answer:rotate-90">
              ›
            </span>
            Answer, {answer.length} {answer.length === 1 ? "field" : "fields"}
          </summary>
          <FieldLedger caption={`Answer of ${method} ${path}`} fields={answer} marksOptional={false} />
        </details>
      )}
    </>
  );

  function rowsIn(place: "path" | "query") {
    return parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, schema, required, description }) =>
        rowOf(name, { ...schema, ...(description && { description }) }, required),
      );
  }
}

function answerOf({ responses }: Operation) {
  const found = Object.entries(responses).find(([status]) => status.startsWith("2"));
  if (!found || isReference(found[1])) return undefined;
  const [media] = Object.values(found[1].content);
  return media && { status: found[0], ...media };
}

const isReference = (answer: Answer | Reference): answer is Reference => "$ref" in answer;
