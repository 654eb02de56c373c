import type { SentHeaders } from "@/lib/auth/presented";
import { AppError, invalid } from "@/lib/errors";

export const LARGEST_BYTES = 1_048_576;

export const tooLarge = () => new AppError("too_large", "The request body is larger than 1 MiB.");

type Sent = { headers: SentHeaders; readText(): Promise<string> };

/** Reads a JSON body. An empty one reads as `{}`, so that a POST without fields needs none. */
export async function readJson({ headers, readText }: Sent): Promise<{ text: string; json: unknown }> {
  const type = headers.get("content-type") ?? "";
  const text = await readText();
  if (text === "") return { text, json: {} };
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type) && !isCurlDefault(type)) {
    throw new AppError("unsupported_type", "Send the body as JSON, with Content-Type: application/json.");
  }
  try {
    return { text, json: JSON.parse(text) };
  } catch {
    throw invalid({ input: "The body is not valid JSON." });
  }
}

/** `curl -d '{...}'` says it sends a form. The documented examples do just that, so JSON under that name is read. */
const isCurlDefault = (type: string) => type === "" || type.startsWith("application/x-www-form-urlencoded");

/** The body of a web-standard request. */
export async function readWebText(request: Request): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > LARGEST_BYTES) throw tooLarge();
  return declared === null ? readCounted(request) : request.text();
}

/** A body of unknown length is counted as it comes, and cut off where it is too much. */
async function readCounted(request: Request): Promise<string> {
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
