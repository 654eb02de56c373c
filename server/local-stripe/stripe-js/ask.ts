import { formBody } from "./form-body";
import type { Answer, Params } from "./wire";

type Asked = { origin: string; key: string; method: "GET" | "POST"; to: string; params: object };

/** One request to the API. It never throws: a connection that fails is an error like Stripe's. */
export async function ask({ origin, key, method, to, params }: Asked): Promise<Answer> {
  const form = formBody(params);
  try {
    const response = await fetch(method === "GET" ? `${origin}${to}?${form}` : `${origin}${to}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(method === "POST" && { body: form }),
    });
    return { status: response.status, body: (await response.json()) as Params }; // the API answers with objects alone
  } catch {
    const message =
      "We are experiencing issues connecting to our payments provider. Please check your internet connection and try again.";
    return { status: 0, body: { error: { type: "api_connection_error", message } } };
  }
}
