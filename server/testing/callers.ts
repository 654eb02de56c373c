import { randomUUID } from "node:crypto";

export type Registered = { email: string; token: string; key: string };
export type MadeKey = { id: string; key: string };

/** What the API said, or `undefined` where the line broke. */
export type Said = { status: number; body: Record<string, unknown>; retryAfter: string | null };

export async function ask(url: string, init?: RequestInit): Promise<Said> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  return {
    status: answer.status,
    body: JSON.parse(text) as Record<string, unknown>, // every answer of the API is an object
    retryAfter: answer.headers.get("retry-after"),
  };
}

export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Said> =>
  ask(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export const tryRegister = (url: string, email: string): Promise<Said> =>
  post(`${url}/api/auth/register`, { name: "Robin Hale", email, password: "quiet-ledger-seven" });

export async function registerAt(url: string): Promise<Registered> {
  const email = `robin-${randomUUID()}@parley.example`;
  const { status, body } = await tryRegister(url, email);
  if (status !== 201) throw new Error(`Registering answered ${status} ${JSON.stringify(body)}`);
  return registeredIn(email, body);
}

export const registeredIn = (email: string, body: Record<string, unknown>): Registered => {
  const { token, apiKey } = body as { token: string; apiKey: { key: string } }; // what a 201 of this route holds
  return { email, token, key: apiKey.key };
};

export const tryMakeKey = (url: string, token: string): Promise<Said> =>
  post(`${url}/api/keys`, { name: "Made under load" }, bearer(token));

export async function makeKeyAt(url: string, token: string): Promise<MadeKey> {
  const { status, body } = await tryMakeKey(url, token);
  if (status !== 201) throw new Error(`Making a key answered ${status} ${JSON.stringify(body)}`);
  return keyIn(body);
}

export const keyIn = (body: Record<string, unknown>): MadeKey => {
  const { id, apiKey } = body as { id: string; apiKey: { key: string } }; // what a 201 of this route holds
  return { id, key: apiKey.key };
};

export const statusOfKey = async (url: string, key: string): Promise<number> =>
  (await ask(`${url}/api/keys/current`, { headers: { "x-api-key": key } })).status;

export const statusOfLogin = async (url: string, token: string): Promise<number> =>
  (await ask(`${url}/api/auth/profile`, { headers: bearer(token) })).status;
