import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/log";
import { readBody } from "../http/server";
import { checkoutPage } from "./checkout";
import { deskPage } from "./desk";
import { html } from "./html";
import { invoicePage } from "./invoice";
import { page } from "./layout";
import { onboardingPage } from "./onboarding";
import type { Page, PageHouse, Shown } from "./page";
import { portalPage } from "./portal";
import { threeDSecurePage } from "./three-d-secure";

const PAGES: Page[] = [threeDSecurePage, checkoutPage, invoicePage, onboardingPage, portalPage, deskPage];

/** Answers the hosted pages. Says whether the request was for one. */
export async function servePage(
  house: PageHouse,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", "http://local");
  const [found] = PAGES.flatMap((one) => {
    const match = one.path.exec(url.pathname);
    return match ? [{ one, path: match.slice(1) }] : [];
  });
  if (!found || (request.method !== "GET" && request.method !== "POST")) return false;
  const posted = request.method === "POST";
  try {
    if (posted && isForeign(request))
      send(response, { status: 403, page: page("Refused", html`<h1>This form came from elsewhere</h1>`) });
    else {
      const form = new URLSearchParams(posted ? await readBody(request) : "");
      send(response, await found.one.show(house, { path: found.path, query: url.searchParams, form, posted }));
    }
  } catch (error) {
    log().error({ error }, "a page of the local Stripe failed");
    send(response, { status: 500, page: page("Something went wrong", html`<h1>Something went wrong</h1>`) });
  }
  return true;
}

function isForeign({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && headers.origin !== "null" && headers.origin !== `http://${headers.host}`;
}

function send(response: ServerResponse, shown: Shown): void {
  if ("goTo" in shown) return void response.writeHead(303, { location: shown.goTo }).end();
  if ("pdf" in shown) return void response.writeHead(200, { "content-type": "application/pdf" }).end(shown.pdf);
  response
    .writeHead(shown.status ?? 200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; frame-ancestors http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*; base-uri 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    })
    .end(shown.page);
}
