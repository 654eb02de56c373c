const LINE_HEIGHT = 18;
const LINES_PER_PAGE = 40;

/** A PDF of plain lines of text: enough for an invoice, and nothing to install. */
export function pdf(lines: string[]): Buffer {
  const pages = Array.from({ length: Math.max(Math.ceil(lines.length / LINES_PER_PAGE), 1) }, (_, n) =>
    lines.slice(n * LINES_PER_PAGE, (n + 1) * LINES_PER_PAGE),
  );
  const kids = pages.map((_, n) => `${4 + n * 2} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...pages.flatMap((page, n) => {
      const text = `BT /F1 11 Tf ${LINE_HEIGHT} TL 56 780 Td ${page.map((line) => `(${escaped(line)}) Tj T*`).join(" ")} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + n * 2} 0 R >>`,
        `<< /Length ${Buffer.byteLength(text, "latin1")} >>\nstream\n${text}\nendstream`,
      ];
    }),
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, n) => {
    const offset = Buffer.byteLength(body, "latin1");
    body += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(body, "latin1");
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}

const escaped = (line: string): string => line.replace(/[\\()]/g, "\\$&").replace(/[^\x20-\x7e\xa0-\xff]/g, "?");
