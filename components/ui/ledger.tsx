import type { ReactNode } from "react";
import { cx } from "./cx";
import { Skeleton } from "./skeleton";

export type Column<K extends string> = {
  key: K;
  title: string;
  /** Numbers stand right and compare; `when` is narrow and faint; text takes the room that is left. */
  kind?: "text" | "number" | "when";
  /** Left out below 640 px, where a row keeps what it is and how much. */
  wideOnly?: boolean;
};

export type Row<K extends string> = { key: string; cells: Record<K, ReactNode> };

type LedgerProps<K extends string> = {
  /** Names the table for a screen reader; the page usually shows the same words as a heading. */
  caption: string;
  columns: Column<K>[];
  rows: Row<K>[];
  /** The last line, under a rule; its numbers stand over a double rule. */
  total?: Partial<Record<K, ReactNode>>;
  /** Shown in place of the table when there are no rows. */
  empty?: ReactNode;
  /** So many rows of skeleton instead of rows. */
  loading?: number;
  /** Keeps the head in sight below a fixed bar of this height. */
  stickyTop?: string;
  className?: string;
};

export function Ledger<K extends string>(props: LedgerProps<K>) {
  const { caption, columns, rows, total, empty, loading, stickyTop = "0px", className } = props;
  if (rows.length === 0 && !loading && empty) return empty;

  return (
    <table
      className={cx("w-full border-collapse tabular-nums lining-nums", className)}
      aria-busy={loading ? true : undefined}
    >
      <caption className="sr-only">{loading ? `${caption}, loading` : caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              style={{ top: stickyTop }}
              className={cellClass(
                column,
                "sticky z-1 bg-(--ground,var(--paper)) py-2 text-12 font-medium whitespace-nowrap text-ink-faint shadow-[inset_0_-1px_var(--ink)]",
              )}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {loading ? (
          <LoadingRows columns={columns} count={loading} />
        ) : (
          rows.map((row) => <LedgerRow key={row.key} row={row} columns={columns} />)
        )}
      </tbody>
      {total && !loading && <Total columns={columns} total={total} />}
    </table>
  );
}

const cellClass = <K extends string>({ kind = "text", wideOnly }: Column<K>, className: string): string =>
  cx(
    kind === "number" ? "pl-4 text-right whitespace-nowrap" : "pr-4 text-left max-sm:pr-3",
    kind === "when" && "w-px whitespace-nowrap text-ink-faint",
    kind === "text" && "[overflow-wrap:anywhere]",
    wideOnly && "max-sm:hidden",
    className,
  );

function LedgerRow<K extends string>({ row, columns }: { row: Row<K>; columns: Column<K>[] }) {
  return (
    <tr className="border-b border-rule transition-colors last:border-0 hover:bg-[color-mix(in_oklch,var(--paper-sunk)_55%,transparent)]">
      {columns.map((column) => (
        <td key={column.key} className={cellClass(column, "py-[11px] align-baseline")}>
          {row.cells[column.key]}
        </td>
      ))}
    </tr>
  );
}

function LoadingRows<K extends string>({ columns, count }: { columns: Column<K>[]; count: number }) {
  return Array.from({ length: count }, (_, row) => `row-${row}`).map((row) => (
    <tr key={row} className="border-b border-rule last:border-0">
      {columns.map((column) => (
        <td key={column.key} className={cellClass(column, "h-[43px]")}>
          <Skeleton className={column.kind === "text" || !column.kind ? "w-3/5" : "ml-auto w-12"} />
        </td>
      ))}
    </tr>
  ));
}

function Total<K extends string>({ columns, total }: { columns: Column<K>[]; total: Partial<Record<K, ReactNode>> }) {
  return (
    <tfoot>
      <tr className="border-t border-ink font-semibold">
        {columns.map((column) => (
          <td key={column.key} className={cellClass(column, "pt-3")}>
            {column.kind === "number" && total[column.key] !== undefined ? (
              <DoubleRule>{total[column.key]}</DoubleRule>
            ) : (
              total[column.key]
            )}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

/** The bookkeeper's sign for "this sum is closed". */
export const DoubleRule = ({ children }: { children: ReactNode }) => (
  <span className="border-b-3 border-double border-ink pb-[3px]">{children}</span>
);
