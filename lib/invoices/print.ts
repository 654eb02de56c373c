import Pdf from "pdfkit";
import { TAX_ID } from "@/lib/bill-to/rules";
import type { Ctx, MemberActor } from "@/lib/ctx";
import { formatMoney, micros, subtract } from "@/lib/money";
import { printable, wholePaper } from "@/lib/paper";
import { formatDay } from "@/lib/time";
import { getInvoice } from "./queries";
import type { Invoice, OneInvoice } from "./schema";

const MARGIN = 56;
const WIDTH = 595;
const INNER = WIDTH - 2 * MARGIN;
const BOTTOM = 770;
const LINE = 16;

type Row = { left: string; right?: string; look?: "faint" | "strong" } | "rule";

/** The invoice on paper, as many sheets as it takes. The same invoice gives the same bytes. */
export async function printInvoice(ctx: Ctx<MemberActor>, input: OneInvoice): Promise<Uint8Array<ArrayBuffer>> {
  const invoice = await getInvoice(ctx, input);
  const name = invoice.number ?? invoice.id;
  const paper = new Pdf({
    size: "A4",
    margin: MARGIN,
    info: { Title: `Invoice ${name}`, Author: "Parley", CreationDate: invoice.createdAt, ModDate: invoice.createdAt },
  });
  const bytes = wholePaper(paper);
  paper.font("Times-Roman", 26).text("Parley", MARGIN, MARGIN);
  paper.font("Courier", 9).fillColor("#5b675f");
  paper.text(`Invoice ${name}`, MARGIN, MARGIN + 4, { width: INNER, align: "right" });
  paper.text(formatDay(invoice.createdAt), MARGIN, MARGIN + 18, { width: INNER, align: "right" });
  let y = MARGIN + 60;
  for (const row of rowsOf(invoice)) {
    if (y > BOTTOM) {
      paper.addPage();
      y = MARGIN;
    }
    draw(paper, row, y);
    y += LINE;
  }
  paper.end();
  return bytes;
}

function draw(paper: PDFKit.PDFDocument, row: Row, y: number): void {
  if (row === "rule") {
    paper
      .moveTo(MARGIN, y + 6)
      .lineTo(WIDTH - MARGIN, y + 6)
      .lineWidth(0.5)
      .stroke("#7d897f");
    return;
  }
  const { left, right = "", look } = row;
  paper.font(look === "strong" ? "Courier-Bold" : "Courier", 9).fillColor(look === "faint" ? "#5b675f" : "#14201a");
  paper.text(printable(left), MARGIN, y, { width: INNER - 90, height: LINE, ellipsis: true });
  paper.text(printable(right), MARGIN, y, { width: INNER, align: "right", lineBreak: false });
}

const money = ({ micros: amount }: { micros: number }): string => formatMoney(micros(amount));

const payerOf = ({ billedTo, taxId }: Invoice): Row[] =>
  [...billedTo, ...(taxId === null ? [] : [`${TAX_ID} ${taxId}`])].map((left, place) => ({
    left,
    look: place === 0 ? "strong" : "faint",
  }));

function rowsOf(invoice: Invoice): Row[] {
  const { lines, subtotal, discount, tax, total, amountPaid, amountDue, amountRefunded } = invoice;
  const { status, method, paidAt } = invoice;
  const credit = subtract(micros(total.micros), micros(status === "paid" ? amountPaid.micros : amountDue.micros));
  return [
    ...payerOf(invoice),
    "rule",
    ...lines.flatMap((line): Row[] => [
      { left: line.title, right: money(line.amount) },
      { left: `${formatDay(line.periodStart)} to ${formatDay(line.periodEnd)}`, look: "faint" },
    ]),
    "rule",
    { left: "Subtotal", right: money(subtotal) },
    ...(discount.micros === 0 ? [] : [{ left: "Discount", right: formatMoney(micros(-discount.micros)) }]),
    ...(tax.micros === 0 ? [] : [{ left: "Tax", right: money(tax) }]),
    { left: "Total", right: money(total), look: "strong" },
    ...(credit === 0 ? [] : [{ left: "Credit", right: formatMoney(micros(-credit)) }]),
    ...(paidAt
      ? [{ left: `Paid ${formatDay(paidAt)}${method ? `, ${method}` : ""}`, right: money(amountPaid) }]
      : [{ left: "To be paid", right: money(amountDue), look: "strong" as const }]),
    ...(amountRefunded.micros === 0 ? [] : [{ left: "Paid back", right: money(amountRefunded) }]),
    ...(status === "void" ? [{ left: "Void", look: "strong" as const }] : []),
  ];
}
