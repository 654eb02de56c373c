import Pdf from "pdfkit";
import type { Ctx, MemberActor } from "@/lib/ctx";
import { printable, wholePaper } from "@/lib/paper";
import { formatInstant } from "@/lib/time";
import { getReceipt } from "./queries";
import type { FindReceipt, Receipt } from "./schema";

const WIDTH = 320;
const MARGIN = 26;
const GAP = 8;
const INNER = WIDTH - 2 * MARGIN;
const LINE = 13;
const SENTENCE_LINE = 15;
/** Lines break between words, so a few more letters fit on paper than into its lines. */
const ROOM_TO_BREAK = 1.08;

type Row = { left: string; right?: string; look?: "faint" | "strong" } | "rule" | "cut";

/** The receipt as a slip of paper. The same receipt gives the same bytes. */
export async function printReceipt(ctx: Ctx<MemberActor>, input: FindReceipt): Promise<Uint8Array<ArrayBuffer>> {
  const receipt = await getReceipt(ctx, input);
  const rows = rowsOf(receipt);
  const paper = new Pdf({
    autoFirstPage: false,
    info: { Title: `Receipt ${receipt.id}`, Author: "Parley", CreationDate: receipt.at, ModDate: receipt.at },
  });
  const bytes = wholePaper(paper);
  // Measured before there is a page, because the paper is as long as what is on it.
  const sentence = printable(receipt.sentence);
  const lines = Math.ceil((paper.font("Times-Roman", 13).widthOfString(sentence) * ROOM_TO_BREAK) / INNER);
  const top = MARGIN + 38 + lines * SENTENCE_LINE;
  paper.addPage({ size: [WIDTH, top + rows.length * LINE + MARGIN], margin: 0 });
  paper.font("Times-Roman", 19).text("Parley", MARGIN, MARGIN);
  paper.font("Courier", 7).fillColor("#5b675f");
  paper.text(formatInstant(receipt.at), MARGIN, MARGIN + 2, { width: INNER, align: "right" });
  paper.text(receipt.id, MARGIN, MARGIN + 12, { width: INNER, align: "right" });
  paper
    .font("Times-Roman", 13)
    .fillColor("#14201a")
    .text(sentence, MARGIN, MARGIN + 32, { width: INNER });
  rows.forEach((row, at) => {
    draw(paper, row, top + at * LINE);
  });
  paper.end();
  return bytes;
}

function draw(paper: PDFKit.PDFDocument, row: Row, y: number): void {
  if (typeof row === "string") {
    paper.moveTo(MARGIN, y + 4).lineTo(WIDTH - MARGIN, y + 4);
    (row === "cut" ? paper.dash(2, { space: 2 }) : paper.undash()).lineWidth(0.5).stroke("#7d897f");
    return;
  }
  const { left, right = "", look } = row;
  paper.font(look === "strong" ? "Courier-Bold" : "Courier", 8).fillColor(look === "faint" ? "#5b675f" : "#14201a");
  const room = INNER - paper.widthOfString(printable(right)) - (right === "" ? 0 : GAP);
  paper.text(fitting(paper, printable(left), room), MARGIN, y, { lineBreak: false });
  paper.text(printable(right), MARGIN, y, { width: INNER, align: "right", lineBreak: false });
}

/** As much of a label as there is room for beside its amount. */
function fitting(paper: PDFKit.PDFDocument, label: string, room: number): string {
  if (paper.widthOfString(label) <= room) return label;
  let cut = label;
  while (cut.length > 1 && paper.widthOfString(`${cut}...`) > room) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}...`;
}

function rowsOf(receipt: Receipt): Row[] {
  const { payment, entries, lots, computation, aftermath, link } = receipt;
  return [
    "cut",
    { left: receipt.title, look: "strong" },
    ...(payment?.method ? [{ left: "paid with", right: payment.method, look: "faint" } as const] : []),
    ...lots.map((lot): Row => ({ left: lotInWords(lot), right: lot.amount.text })),
    "rule",
    { left: "Total", right: receipt.total.text, look: "strong" },
    "cut",
    ...computation.steps.map(({ label, value }): Row => ({ left: label, right: value, look: "faint" })),
    { left: computation.sum.label, right: computation.sum.value },
    "cut",
    ...entries.flatMap(({ name, amount, after }): Row[] => [
      { left: name, right: amount.text },
      { left: "  after that", right: after.text, look: "faint" },
    ]),
    ...(aftermath.length > 0 ? ["cut" as const] : []),
    ...aftermath.map((one): Row => ({ left: `${one.what}, ${one.status}`, right: one.amount.text })),
    "cut",
    ...(link ? proofRows(link) : [{ left: "not in the chain yet", look: "faint" } as const]),
  ];
}

const USE_WORDS = { brought: "", used: "out of those ", given_back: "back to those " };
const KIND_WORDS = { paid: "bought", bonus: "given on top", promotional: "given" };

/** A wallet's money is put in, and not bought. */
function lotInWords({ use, kind, amount }: Receipt["lots"][number]): string {
  if (amount.asset === "credit") return `${USE_WORDS[use]}${KIND_WORDS[kind]}`;
  return `${USE_WORDS[use].replace("those", "what was")}${kind === "paid" ? "put in" : KIND_WORDS[kind]}`;
}

const proofRows = ({ hash, before }: NonNullable<Receipt["link"]>): Row[] =>
  [
    ["sha256", hash.slice(0, 32)],
    ["", hash.slice(32)],
    ["after", before.slice(0, 32)],
    ["", before.slice(32)],
  ].map(([left = "", right = ""]) => ({ left, right, look: "faint" }));
