import type { Method } from "../registry";
import { toJson, toTypeScript } from "./literal";
import type { CodeSample } from "./shape";

export type Call = {
  method: Method;
  url: string;
  /** What stands in the request's credential header: a key, a token, or nothing. */
  credential: "key" | "token" | "none";
  idempotent: boolean;
  body?: unknown;
};

/** The same call for a shell and for TypeScript. Both read the credential from the environment. */
export const codeFor = (call: Call): CodeSample[] => [
  { lang: "curl", source: curlFor(call) },
  { lang: "TypeScript", source: fetchFor(call) },
];

const CURL_CREDENTIAL = {
  key: `-H "X-API-Key: $PARLEY_KEY"`,
  token: `-H "Authorization: Bearer $PARLEY_TOKEN"`,
  none: undefined,
};

function curlFor({ method, url, credential, idempotent, body }: Call): string {
  const isUsual = method === "GET" || (method === "POST" && body !== undefined);
  const lines = [
    `curl ${isUsual ? "" : `-X ${method} `}${quoted(url)}`,
    CURL_CREDENTIAL[credential],
    idempotent ? `-H "Idempotency-Key: call-$(date +%s)"` : undefined,
    ...(body === undefined
      ? []
      : [`-H "Content-Type: application/json"`, `-d ${inSingleQuotes(toJson(body).replaceAll("\n", "\n  "))}`]),
  ];
  return lines.filter((line) => line !== undefined).join(" \\\n  ");
}

/** Only what a shell would take apart needs quotes. */
const quoted = (url: string) => (/[?&$*]/.test(url) ? `"${url}"` : url);

const inSingleQuotes = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const FETCH_CREDENTIAL = {
  key: `"X-API-Key": \`\${env.PARLEY_KEY}\`,`,
  token: `Authorization: \`Bearer \${env.PARLEY_TOKEN}\`,`,
  none: undefined,
};

function fetchFor({ method, url, credential, idempotent, body }: Call): string {
  const headers = [
    FETCH_CREDENTIAL[credential],
    idempotent ? `"Idempotency-Key": crypto.randomUUID(),` : undefined,
    body === undefined ? undefined : `"Content-Type": "application/json",`,
  ].filter((line) => line !== undefined);
  const options = [
    method === "GET" ? undefined : `method: "${method}",`,
    headers.length > 0 ? `headers: {\n${indented(headers.join("\n"))}\n},` : undefined,
    body === undefined ? undefined : `body: JSON.stringify(${toTypeScript(body)}),`,
  ].filter((line) => line !== undefined);

  return [
    ...(credential === "none" ? [] : ['import { env } from "node:process";', ""]),
    options.length > 0
      ? `const response = await fetch("${url}", {\n${indented(options.join("\n"))}\n});`
      : `const response = await fetch("${url}");`,
    "const answer: unknown = await response.json();",
    "if (!response.ok) throw new Error(JSON.stringify(answer));",
    "console.log(answer);",
  ].join("\n");
}

const indented = (text: string) => text.replace(/^/gm, "  ");
