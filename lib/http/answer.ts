import { isOutage, type Refusal, toRefusal } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Arrival } from "./arrival";

/** What either mount sends; the headers are the arrival's `answerHeaders`. */
export type Answer = { status: number; body: string | Uint8Array<ArrayBuffer> };
export type TextAnswer = { status: number; body: string };

export const jsonAnswer = (status: number, body: unknown): TextAnswer => ({ status, body: JSON.stringify(body) });

/** The files that a route may answer, each with how its name ends. */
const FILES = { "text/csv": "csv", "application/pdf": "pdf", "image/png": "png" } as const;
export type FileType = keyof typeof FILES;

/** Something that a browser keeps as a file: a text, or bytes as they are. */
export function fileAnswer(arrival: Arrival, file: { status: number; body: unknown; type: FileType }): Answer {
  const ending = FILES[file.type];
  const words = arrival.path.split("/").slice(-2);
  const name = words.filter((word) => word !== ending).join("-");
  const isText = file.type.startsWith("text/");
  arrival.answerHeaders["content-type"] = isText ? `${file.type}; charset=utf-8` : file.type;
  // A picture is found by the hash of its bytes, so what was seen once stays true.
  if (file.type === "image/png") arrival.answerHeaders["cache-control"] = "public, max-age=31536000, immutable";
  arrival.answerHeaders["content-disposition"] = `attachment; filename="${name}.${ending}"`;
  return { status: file.status, body: file.body instanceof Uint8Array ? new Uint8Array(file.body) : String(file.body) };
}

export function refusalAnswer(error: unknown, arrival: Arrival): TextAnswer {
  const refusal = toRefusal(error);
  if (refusal.status >= 500 && refusal.code === "internal") {
    log().error({ err: error, request_id: arrival.origin.requestId, path: arrival.path }, "request failed");
  }
  if (isOutage(error)) log().warn({ err: error, request_id: arrival.origin.requestId }, "something is out of reach");
  if (refusal.retryAfterSeconds !== undefined) arrival.answerHeaders["retry-after"] = String(refusal.retryAfterSeconds);
  return jsonAnswer(refusal.status, refusalBody(refusal, arrival.origin.requestId));
}

export const refusalBody = ({ message, code, details, flat }: Refusal, requestId: string) => ({
  error: message,
  code,
  ...flat,
  ...(details && { details }),
  requestId,
});
