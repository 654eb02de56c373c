import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Subscription = Kinds["subscription"];

/** The subscription of a path, at the time of its clock. */
export async function readSubscription(space: Space, id: string): Promise<Subscription> {
  const subscription = await space.get("subscription", id);
  await space.follow(subscription.test_clock);
  return subscription;
}
