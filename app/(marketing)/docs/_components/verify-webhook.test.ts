import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { EVENTS } from "@/lib/events/catalogue";
import { mintSecret, sign } from "@/lib/webhooks/secret";
import { VERIFY_WEBHOOK } from "./verify-webhook";

type Sample = { verify(secret: string, headers: Headers, body: string): unknown };

const { verify }: Sample = await import(
  `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(VERIFY_WEBHOOK))}`
);

const secret = mintSecret();
const now = () => Math.floor(Date.now() / 1_000);
const body = JSON.stringify({ type: "member.joined", data: EVENTS["member.joined"].example });

function sent({ timestamp = now(), by = [secret], id = "event_1", said = body } = {}) {
  const signature = by.map((one) => sign(one, { id, timestamp, body: said })).join(" ");
  return new Headers({ "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature });
}

test("the printed sample takes what we sign, also while two secrets sign", () => {
  expect(verify(secret, sent(), body)).toMatchObject({ type: "member.joined" });
  expect(verify(secret, sent({ by: [mintSecret(), secret] }), body)).toMatchObject({ type: "member.joined" });
});

test("it refuses another secret, another body, another name, and what is old or of tomorrow", () => {
  expect(() => verify(mintSecret(), sent(), body)).toThrow("Not signed");
  expect(() => verify(secret, sent(), body.replace("member", "owner"))).toThrow("Not signed");
  const renamed = sent();
  renamed.set("webhook-id", "event_2");
  expect(() => verify(secret, renamed, body)).toThrow("Not signed");
  for (const timestamp of [now() - 301, now() + 302, Number.NaN])
    expect(() => verify(secret, sent({ timestamp }), body)).toThrow("Too old");
  expect(() => verify(secret, new Headers(), body)).toThrow("Too old");
});

test("it agrees with the example of the Standard Webhooks specification", () => {
  const example = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
  expect(sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", example)).toBe(
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  );
});

test("every event's example is one that its verb could send", () => {
  for (const [type, { facts, example, says }] of Object.entries(EVENTS)) {
    expect(facts.safeParse(example).error, type).toBeUndefined();
    expect(says, type).toMatch(/\.$/);
  }
});
