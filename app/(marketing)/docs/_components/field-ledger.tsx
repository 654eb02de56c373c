import { Ledger } from "@/components/ui/ledger";
import type { FieldRow } from "./fields";
import { Name, Words } from "./words";

type FieldLedgerProps = {
  caption: string;
  fields: FieldRow[];
  /** Whether it matters which fields may be left out. In an answer every field is there. */
  marksOptional: boolean;
};

export function FieldLedger({ caption, fields, marksOptional }: FieldLedgerProps) {
  return (
    <Ledger
      stickyTop="var(--bar, 0px)"
      caption={caption}
      columns={[
        { key: "field", title: "Field" },
        { key: "holds", title: "Holds" },
      ]}
      rows={fields.map((field) => ({
        key: field.name,
        cells: {
          field: (
            <>
              <Name name={field.name} />
              {marksOptional && (
                <span className="block text-12 text-ink-faint">{field.isRequired ? "required" : "optional"}</span>
              )}
            </>
          ),
          holds: <Holds {...field} />,
        },
      }))}
    />
  );
}

function Holds({ holds, rules, says }: FieldRow) {
  return (
    <>
      <span>{holds}</span>
      {rules && <span className="text-ink-faint">, {rules}</span>}
      {says && (
        <span className="block text-ink-soft">
          <Words text={says} />
        </span>
      )}
    </>
  );
}
