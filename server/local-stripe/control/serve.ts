import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { authenticate } from "../http/authenticate";
import { refused } from "../http/errors";
import { replyTo } from "../http/execute";
import { readBody, send } from "../http/server";
import { CONTROLS, type Controlled } from "./controls";

/** Answers `/_local/*`. Says whether the request was for it. */
export async function serveControl(
  house: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", "http://local");
  if (!url.pathname.startsWith("/_local/")) return false;
  try {
    const answer = await control(house, request, url);
    send(response, { status: 200, body: JSON.stringify(answer, null, 2), headers: {} });
  } catch (error) {
    send(response, replyTo(error instanceof z.ZodError ? refused(z.prettifyError(error)) : error));
  }
  return true;
}

async function control(house: Controlled, request: IncomingMessage, url: URL): Promise<unknown> {
  if (url.pathname === "/_local/health") return { ok: true };
  // A page of another site can send a form here, but not this header.
  const { account } = authenticate(request.headers);
  const [found] = CONTROLS.flatMap((one) => {
    const match = one.path.exec(url.pathname);
    return match && one.method === request.method ? [{ one, match }] : [];
  });
  if (!found) throw refused(`Unrecognized control (${request.method}: ${url.pathname}).`, { status: 404 });
  const text = request.method === "GET" ? "" : await readBody(request);
  const body: unknown = text === "" ? {} : JSON.parse(text);
  return found.one.run(house, { account, id: found.match[1] ?? "", body, query: url.searchParams });
}
