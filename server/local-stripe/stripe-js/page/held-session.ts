import type { StripeCheckoutSession, StripeError } from "@stripe/stripe-js";
import type { Answer, Params } from "../wire";
import { type CheckoutAnswer, shownSession } from "./checkout-session";
import { sessionOf } from "./embedded";
import type { Emitter } from "./emitter";
import { errorOf, get, type House, post } from "./house";

export type Refused = {
  message: string;
  code: string | null;
  paymentFailed?: { declineCode: string | null };
  validation_errors?: { element: string; message: string }[];
};
export type Result = { type: "success"; session: StripeCheckoutSession } | { type: "error"; error: Refused };

/** A Checkout session as the page knows it. Whatever the API answers replaces it and is told to the page. */
export type HeldSession = {
  answer(): CheckoutAnswer | undefined;
  /** Reads it once. Throws where there is none. */
  open(): Promise<CheckoutAnswer>;
  read(): Promise<Result>;
  change(params: Params): Promise<Result>;
  /** The address of the session's own operation, and its secret. */
  door(): Promise<{ to: string; client_secret: string }>;
};

type Given = { clientSecret: string | Promise<string>; defaultValues?: { email?: string } };

export function holdSession(house: House, { clientSecret, defaultValues }: Given, events: Emitter): HeldSession {
  const secret = Promise.resolve(clientSecret);
  let held: CheckoutAnswer | undefined;
  let opening: Promise<CheckoutAnswer> | undefined;

  const door = async () => {
    const client_secret = await secret;
    return { to: `/v1/_local/checkout/${sessionOf(client_secret, "initCheckoutElementsSdk()")}`, client_secret };
  };
  const keep = (answer: Answer): Result => {
    const error = errorOf(answer);
    if (error) return { type: "error", error: refusedBy(error) };
    held = answer.body as CheckoutAnswer; // both operations answer with the session
    const session = shownSession(held);
    events.emit("change", session);
    return { type: "success", session };
  };
  const read = async (): Promise<Result> => {
    const { to, client_secret } = await door();
    return keep(await get(house, to, { client_secret }));
  };
  const change = async (params: Params): Promise<Result> => {
    const { to, client_secret } = await door();
    return keep(await post(house, to, { client_secret, ...params }));
  };
  const first = async (): Promise<CheckoutAnswer> => {
    const result = await read();
    if (result.type === "error" || !held) throw new Error(result.type === "error" ? result.error.message : "");
    if (defaultValues?.email && !held.email) await change({ email: defaultValues.email });
    return held;
  };
  return {
    ...{ answer: () => held, read, change, door },
    open() {
      opening ??= first();
      return opening;
    },
  };
}

const refusedBy = ({ message = "", code }: StripeError): Refused => ({
  message,
  code: code === "promotion_code_invalid" ? "invalidCode" : null,
});
