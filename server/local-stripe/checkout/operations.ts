import { refused } from "../http/errors";
import type { Includes } from "../http/expand";
import { listing, listOf, PAGING, pageOf } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { oneOf, opaque, text } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Work } from "../store/run-due";
import type { Space } from "../store/space";
import { createSession, sessionFacts } from "./create";
import { lineItems } from "./line-items";

type Session = Kinds["checkout.session"];

export const checkoutOperations = [
  operation({
    on: "POST /v1/checkout/sessions",
    params: sessionFacts,
    run: ({ space, params }) => createSession(space, params),
  }),
  operation({ on: "GET /v1/checkout/sessions/{id}", run: ({ space, id }) => space.get("checkout.session", id) }),
  operation({
    on: "POST /v1/checkout/sessions/{id}",
    params: { metadata: metadata() },
    async run({ space, params, id }) {
      const session = await space.get("checkout.session", id);
      session.metadata = mergeMetadata(session.metadata, params.metadata);
      return session;
    },
  }),
  operation({
    on: "POST /v1/checkout/sessions/{id}/expire",
    async run({ space, id }) {
      const session = await space.get("checkout.session", id);
      if (session.status !== "open")
        throw refused(
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
        );
      expire(space, session);
      return session;
    },
  }),
  operation({
    on: "GET /v1/checkout/sessions/{id}/line_items",
    params: PAGING,
    async run({ space, params, id }) {
      return pageOf(
        `/v1/checkout/sessions/${id}/line_items`,
        await lineItems(space, await space.get("checkout.session", id)),
        params,
      );
    },
  }),
  listing({
    on: "GET /v1/checkout/sessions",
    kind: "checkout.session",
    filters: {
      customer: text(),
      payment_intent: text(),
      payment_link: text(),
      status: oneOf("complete", "expired", "open"),
      subscription: text(),
      customer_details: opaque(),
    },
    where: ({ customer, payment_intent, status, subscription }) =>
      Object.entries({ customer, payment_intent, status, subscription }).flatMap(([at, is]) =>
        is === undefined ? [] : [{ at, is }],
      ),
  }),
];

export const checkoutIncludes: Includes = {
  "checkout.session": {
    async line_items(space, { id }) {
      const session = await space.own("checkout.session", String(id));
      return listOf(`/v1/checkout/sessions/${id}/line_items`, await lineItems(space, session));
    },
  },
};

export const checkoutWork: Work = {
  async checkout_expires(space, id) {
    const session = await space.find("checkout.session", id);
    if (session?.status === "open") expire(space, session);
  },
};

function expire(space: Space, session: Session): void {
  session.status = "expired";
  session.url = null;
  space.unschedule("checkout_expires", session.id);
  space.announce("checkout.session.expired", session);
}
