/** A document as it is drawn, whole once it has ended. */
export function wholePaper(paper: PDFKit.PDFDocument): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    paper.on("data", (part: Buffer) => parts.push(part));
    paper.on("end", () => resolve(new Uint8Array(Buffer.concat(parts))));
    paper.on("error", reject);
  });
}

/** The type that every reader has knows the letters of western Europe. */
export const printable = (text: string): string => text.replaceAll("\u2212", "-").replace(/[^\x20-\xff]/g, "?");
