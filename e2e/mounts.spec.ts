import { expect, test } from "./fixtures";
import { startSecond } from "./second-server";

const SECOND = "http://localhost:3171";
// What belongs to a moment, to a connection, or to pages alone.
const PASSING = [
  "date",
  "connection",
  "keep-alive",
  "content-length",
  "transfer-encoding",
  "vary",
  "ratelimit-remaining",
  "ratelimit-reset",
  "content-security-policy",
  "x-frame-options",
  "permissions-policy",
  "allow",
  "link",
];

type Asked = [method: string, path: string, options?: { headers?: Record<string, string>; data?: unknown }];

test("the API answers alike ahead of the page framework and inside it", async ({ request, baseURL, somebody }) => {
  test.skip(process.env.E2E_URL !== undefined, "needs the built server");
  const second = await startSecond({
    PARLEY_MODE: "local",
    PARLEY_API_MOUNT: "pages",
    PORT: "3171",
    PARLEY_DATA: ".data/e2e",
    RATE_LIMIT_ANONYMOUS: "100000",
    PUBLIC_URL: baseURL ?? "",
  });
  try {
    const { token, apiKey } = await somebody();
    const bearer = { authorization: `Bearer ${token}` };
    const asked: Asked[] = [
      ["GET", "/api"],
      ["GET", "/api/openapi.json"],
      ["GET", "/api/auth/profile"],
      ["GET", "/api/auth/profile", { headers: bearer }],
      ["GET", "/me", { headers: bearer }],
      ["GET", "/api/auth/profile", { headers: { authorization: "Bearer nonsense" } }],
      ["GET", "/api/keys", { headers: bearer }],
      ["GET", "/auth/api-keys", { headers: bearer }],
      ["GET", "/api/keys?limit=0", { headers: bearer }],
      ["GET", "/api/keys/current", { headers: { "x-api-key": apiKey } }],
      ["GET", "/api/keys/current", { headers: { "x-api-key": `${apiKey.slice(0, -1)}-` } }],
      ["HEAD", "/api/keys/current", { headers: { "x-api-key": apiKey } }],
      ["DELETE", "/api/keys/not-an-id", { headers: bearer }],
      ["DELETE", "/api/keys/key_00000000000000000000000000", { headers: bearer }],
      ["DELETE", "/api/keys/a%2Fb", { headers: bearer }],
      ["POST", "/api/keys", { headers: bearer, data: { name: "", nme: 1 } }],
      ["POST", "/api/auth/login", { data: { email: "nobody@vale.example", password: "wrong-wrong-wrong" } }],
      ["POST", "/api/auth/register", { data: {} }],
      ["GET", "/api/accounts", { headers: bearer }],
      ["GET", "/api/auth/logins", { headers: bearer }],
    ];
    for (const [method, path, options] of asked) {
      const answers = await Promise.all(
        [baseURL ?? "", SECOND].map(async (base) => {
          const answer = await request.fetch(`${base}${path}`, {
            method,
            ...options,
            headers: { "x-request-id": "same-request", ...options?.headers },
          });
          const headers = Object.fromEntries(
            Object.entries(answer.headers()).filter(([name]) => !PASSING.includes(name)),
          );
          return { status: answer.status(), headers, body: await answer.text() };
        }),
      );
      expect(answers[1], `${method} ${path}`).toEqual(answers[0]);
    }
  } finally {
    await second.stop();
  }
});
