import { refused } from "../http/errors";
import { listing } from "../http/list";
import { operation } from "../http/operation";
import { integer, must, text } from "../http/params";
import { newStripeId } from "../store/ids";
import { endSubscription, isLive } from "../subscriptions/cancel";

const KEPT_SECONDS = 30 * 86_400;

export const clockOperations = [
  operation({
    on: "POST /v1/test_helpers/test_clocks",
    params: { frozen_time: must(integer()), name: text(300) },
    async run({ space, params }) {
      const clock = space.add<"test_helpers.test_clock">({
        id: newStripeId("clock"),
        object: "test_helpers.test_clock",
        created: space.now,
        deletes_after: space.now + KEPT_SECONDS,
        frozen_time: params.frozen_time,
        livemode: false,
        name: params.name ?? null,
        status: "ready",
        status_details: {},
      });
      space.announce("test_helpers.test_clock.created", clock);
      return clock;
    },
  }),
  operation({
    on: "POST /v1/test_helpers/test_clocks/{id}/advance",
    params: { frozen_time: must(integer()) },
    async run({ space, params, id }) {
      const clock = await space.get("test_helpers.test_clock", id);
      if (clock.status !== "ready") throw refused("The test clock is advancing already.", { status: 429 });
      if (params.frozen_time <= clock.frozen_time)
        throw refused("`frozen_time` must be after the clock's current time.", { param: "frozen_time" });
      clock.status = "advancing";
      clock.status_details = { advancing: { target_frozen_time: params.frozen_time } };
      space.announce("test_helpers.test_clock.advancing", clock);
      // The work is done after this answer, as with the real one: `advanceClocks` finds the clock by its status.
      await space.sql`select pg_notify('stripe_local_deliveries', '')`;
      return clock;
    },
  }),
  operation({
    on: "GET /v1/test_helpers/test_clocks/{id}",
    run: ({ space, id }) => space.get("test_helpers.test_clock", id),
  }),
  operation({
    on: "DELETE /v1/test_helpers/test_clocks/{id}",
    async run({ space, id }) {
      const clock = await space.get("test_helpers.test_clock", id);
      for (const customer of await space.select("customer", { where: [{ at: "test_clock", is: id }] })) {
        for (const subscription of await space.select("subscription", {
          where: [{ at: "customer", is: customer.id }],
        })) {
          if (isLive(subscription)) await endSubscription(space, subscription, "cancellation_requested");
        }
        space.remove(customer);
      }
      space.announce("test_helpers.test_clock.deleted", clock);
      space.remove(clock);
      return { id, object: "test_helpers.test_clock", deleted: true };
    },
  }),
  listing({ on: "GET /v1/test_helpers/test_clocks", kind: "test_helpers.test_clock", undated: true }),
];
