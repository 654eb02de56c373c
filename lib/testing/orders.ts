import { createTeam } from "@/lib/accounts/create-team";
import type { Person } from "./people";

/** Every order there is of some things. */
export function ordersOf<T>(things: T[]): T[][] {
  if (things.length < 2) return [things];
  return things.flatMap((first, place) => ordersOf(things.toSpliced(place, 1)).map((rest) => [first, ...rest]));
}

/** All of them in the long run, and else twelve that lie apart; `from` says which. */
export const someOrders = <T>(all: T[][], from: number): T[][] =>
  process.env.PARLEY_TEST === "full" ? all : all.filter((_, place) => place % 60 === from);

/** Every one once more, somewhere. */
export const doubled = <T>(things: T[]): T[] =>
  things.reduce((all, one) => all.toSpliced(Math.floor(Math.random() * (all.length + 1)), 0, one), things);

/** An account with nothing in it, and somebody who acts for it. Cheaper than a new person for each of many. */
export async function anAccountOf(somebody: Person): Promise<Person> {
  const { id: accountId } = await createTeam(somebody.ctx, { name: "Somebody" });
  const { ctx } = somebody;
  return { ...somebody, accountId, ctx: { ...ctx, actor: { ...ctx.actor, accountId } } };
}
