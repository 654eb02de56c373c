import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { aStripeDoor, makeCustomer } from "@/lib/testing/stripe-door";
import type { FAULTS } from "@/server/local-stripe/http/faults";
import { type LocalStripe, startLocalStripe } from "@/server/local-stripe/start";

let server: LocalStripe;
beforeAll(async () => {
  log().level = "silent";
  server = await startLocalStripe({ databaseUrl: env().DATABASE_URL ?? "", port: 0, host: "127.0.0.1" });
});
afterAll(() => server.stop());

type Told = {
  /** What the SDK says it was. */
  sdk: string;
  status?: number;
  /** What a write comes to that meets it every time: whether it happened is open, or it did not. */
  write: "outcome_unknown" | "unavailable";
  /** How many there are after that, whatever we were told. */
  made: 0 | 1;
};

/** Every fault the local Stripe has, and how the real one would be seen to have it. */
const SEEN: Record<(typeof FAULTS)[number], Told> = {
  error: { sdk: "StripeAPIError", status: 500, write: "outcome_unknown", made: 0 },
  unavailable: { sdk: "StripeAPIError", status: 503, write: "outcome_unknown", made: 0 },
  rate_limit: { sdk: "StripeRateLimitError", status: 429, write: "unavailable", made: 0 },
  lock_timeout: { sdk: "StripeRateLimitError", status: 429, write: "unavailable", made: 0 },
  slow: { sdk: "StripeConnectionError", write: "outcome_unknown", made: 1 },
  error_after: { sdk: "StripeAPIError", status: 500, write: "outcome_unknown", made: 1 },
  reset: { sdk: "StripeConnectionError", write: "outcome_unknown", made: 1 },
};
const cases = Object.entries(SEEN).map(([effect, told]) => ({ effect, ...told }));
/** Longer than the door waits here. */
const SLOW = { delayMs: 700 };
const given = { timeoutMs: 400, retries: 1 };

const caught = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.fail("It went through"),
    (error: unknown) => error,
  );

test.each(cases)("a write that meets $effect for a moment is done once, and nobody notices", async ({ effect }) => {
  const house = aStripeDoor(server, given);
  await house.fault(effect, { match: "POST /v1/customers", ...(effect === "slow" && SLOW) });
  // The second attempt of a slow one may meet the first, which still runs.
  const made = await makeCustomer(house, "account:1").catch(() => makeAgain(house));
  expect(made).toMatchObject({ name: "Noor" });
  expect(await house.customers()).toBe(1);
});

test.each(cases)(
  "a write that meets $effect every time ends as $write, and asked again it is done once",
  async (told) => {
    const { effect, sdk, status, write, made } = told;
    const house = aStripeDoor(server, given);
    await house.fault(effect, { match: "POST /v1/customers", times: 20, ...(effect === "slow" && SLOW) });
    const outcome = await caught(makeCustomer(house, "account:1"));
    expect(outcome).toMatchObject({ code: write, cause: { type: sdk, ...(status && { statusCode: status }) } });

    await house.calm();
    await expect.poll(() => house.customers()).toBe(made);
    expect(await makeAgain(house)).toMatchObject({ name: "Noor" });
    expect(await house.customers()).toBe(1);
  },
);

test.each(cases)("a read that meets $effect every time is refused, and is never unknown", async ({ effect, sdk }) => {
  const house = aStripeDoor(server, given);
  await house.fault(effect, { match: "GET *", times: 20, ...(effect === "slow" && SLOW) });
  const outcome = await caught(house.door.read((stripe) => stripe.customers.list()));
  expect(outcome).toMatchObject({ code: "unavailable", cause: { type: sdk } });
  await house.calm();
  expect((await house.door.read((stripe) => stripe.customers.list())).data).toEqual([]);
});

/** Under the cause of before, until whatever still ran has ended. */
async function makeAgain(house: ReturnType<typeof aStripeDoor>) {
  let made: Awaited<ReturnType<typeof makeCustomer>> | undefined;
  await expect
    .poll(async () => {
      made = await makeCustomer(house, "account:1").catch(() => undefined);
      return made?.id;
    })
    .toBeDefined();
  return made;
}
