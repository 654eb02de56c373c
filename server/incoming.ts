import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { SentHeaders } from "@/lib/auth/presented";
import { AppError } from "@/lib/errors";
import type { Incoming } from "@/lib/http/arrival";
import { LARGEST_BYTES, tooLarge } from "@/lib/http/body";

/** Node's request as our handlers read it, without the cost of the web's objects. */
export function incomingOf(req: IncomingMessage): Incoming {
  const { url = "", method = "GET" } = req;
  const at = url.indexOf("?");
  return {
    method,
    path: at < 0 ? url : url.slice(0, at),
    search: at < 0 ? "" : url.slice(at),
    headers: new NodeHeaders(req.headers),
    readText: () => readText(req),
  };
}

class NodeHeaders implements SentHeaders {
  constructor(private readonly sent: IncomingHttpHeaders) {}

  get(name: string): string | null {
    const value = this.sent[name];
    return typeof value === "string" ? value : (value?.join(", ") ?? null);
  }

  has(name: string): boolean {
    return this.sent[name] !== undefined;
  }
}

/** The whole body as text, or a refusal as soon as it is too much. What still comes after that is thrown away unread. */
function readText(req: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new AppError("invalid", "The request ended before its body did."));
    if (req.destroyed) return cut();
    const chunks: Buffer[] = [];
    let bytes = 0;
    const keep = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      if (bytes <= LARGEST_BYTES) return void chunks.push(chunk);
      req.off("data", keep).resume();
      reject(tooLarge());
    };
    req.on("data", keep);
    req.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    req.once("close", cut);
    req.once("error", () => undefined);
  });
}
