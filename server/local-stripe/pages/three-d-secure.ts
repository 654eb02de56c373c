import { StripeRefusal } from "../http/errors";
import { answerHolder } from "../payments/confirm";
import { answerSetup } from "../payments/setup";
import { inSpace } from "../store/in-space";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { html } from "./html";
import { dollars, page } from "./layout";
import { accountOfObject, type Page, type Shown, type Visit } from "./page";

type Asked = Kinds["payment_intent"] | Kinds["setup_intent"];

const find = async (space: Space, id: string): Promise<Asked | undefined> =>
  (await space.find("payment_intent", id)) ?? (await space.find("setup_intent", id));

/** The bank asks its customer, and its customer answers with one of two buttons. */
export const threeDSecurePage: Page = {
  path: /^\/_local\/3ds\/(\w+)$/,
  async show(house, visit) {
    const account = await accountOfObject(house.sql, visit.path[0] ?? "");
    if (!account) return gone();
    const look = (passed: boolean) => inSpace(house, account, (space) => asked(space, visit, passed));
    try {
      return await look(visit.form.get("outcome") === "succeeded");
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      // What was to follow the yes was declined and is undone, so the question ends as a no.
      return look(false);
    }
  },
};

async function asked(space: Space, { path: [id = ""], query, posted }: Visit, passed: boolean): Promise<Shown> {
  const intent = await find(space, id);
  const secret = query.get("client_secret");
  if (!intent || secret !== intent.client_secret || intent.status !== "requires_action") return gone();
  const back = intent.next_action?.redirect_to_url?.return_url ?? query.get("return_url");
  if (!posted) return { page: question(intent, query) };
  if (intent.object === "payment_intent") await answerHolder(space, intent, passed);
  else await answerSetup(space, intent, passed);
  if (!back) return { page: page("Done", html`<h1>Thank you</h1><p>You can close this page.</p>`) };
  const to = new URL(back);
  to.searchParams.set(intent.object, id);
  to.searchParams.set(`${intent.object}_client_secret`, String(secret));
  to.searchParams.set("redirect_status", passed ? "succeeded" : "failed");
  return { goTo: to.href };
}

function question(intent: Asked, query: URLSearchParams): string {
  const inside = query.has("embedded");
  const what =
    intent.object === "payment_intent"
      ? html`A shop asks for <b class="money">${dollars(intent.amount, intent.currency)}</b> from your card.`
      : html`A shop asks to keep your card for later payments.`;
  return page(
    "Your bank asks",
    html`<h1>Is this you?</h1><p class="soft">${what} This stands in for your bank's own page.</p>
<form method="post" action="?${query.toString()}"><button class="book" name="outcome" value="succeeded">Complete</button><button class="quiet" name="outcome" value="failed">Fail</button></form>`,
    { inside, ...(inside && { script: "/v3/question.js" }) },
  );
}

const gone = () => ({
  status: 404,
  page: page(
    "Nothing to do",
    html`<h1>Nothing to do here</h1><p class="soft">This question was answered already, or never asked.</p>`,
  ),
});
