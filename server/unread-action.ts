import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/errors";
import { type ActionRun, inActionRun } from "@/lib/http/action-run";

/** Whether the page framework would look for an action in it. */
export const mayBeAction = ({ headers }: IncomingMessage): boolean =>
  headers["next-action"] !== undefined || (headers["content-type"] ?? "").startsWith("multipart/");

/**
 * Serves a request that may run an action. The framework answers 500 to one that it cannot read;
 * what fails before any action began was wrong as it came, so the sender hears that instead.
 */
export async function serveAction(
  res: ServerResponse,
  { pages, refuse }: { pages: () => Promise<void>; refuse: (error: AppError) => void },
): Promise<void> {
  const run: ActionRun = { hasBegun: false };
  sendInstead(res, () => {
    if (res.statusCode !== 500 || run.hasBegun) return false;
    refuse(unreadable());
    return true;
  });
  try {
    await inActionRun(run, pages);
  } catch (error) {
    throw run.hasBegun ? error : unreadable();
  }
}

const unreadable = () =>
  new AppError("invalid", "The form could not be read. Load the page again and send it once more.");

/** Lets `look` see an answer before the first of it is sent, and send another, which nothing of the first then follows. */
function sendInstead(res: ServerResponse, look: () => boolean): void {
  const { writeHead, flushHeaders, write, end } = res;
  let state: "unseen" | "seen" | "replaced" = "unseen";
  const isReplaced = (): boolean => {
    if (state === "unseen") {
      state = "seen";
      if (look()) state = "replaced";
    }
    return state === "replaced";
  };
  res.writeHead = (...head: unknown[]) => (isReplaced() ? res : Reflect.apply(writeHead, res, head));
  res.flushHeaders = () => (isReplaced() ? undefined : flushHeaders.call(res));
  res.write = (...chunk: unknown[]) => isReplaced() || Reflect.apply(write, res, chunk);
  res.end = (...last: unknown[]) => (isReplaced() ? res : Reflect.apply(end, res, last));
}
