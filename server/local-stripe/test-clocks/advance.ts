import { type Conductor, runDue } from "../store/run-due";
import { Space } from "../store/space";

type Advancing = { account: string; id: string; target: string };

/** Carries every advancing clock to its target, with all that is due on the way. A clock half-way after a crash goes on. */
export async function advanceClocks(conductor: Conductor): Promise<number> {
  const clocks = await conductor.sql<Advancing[]>`
    select account, id, body #>> '{status_details,advancing,target_frozen_time}' as target from stripe_local.objects
    where kind = 'test_helpers.test_clock' and not deleted and body ->> 'status' = 'advancing'`;
  for (const clock of clocks) {
    await runDue(conductor, Number(clock.target), clock.id);
    await finish(conductor, clock);
  }
  return clocks.length;
}

async function finish({ sql, reactions, origin }: Conductor, { account, id, target }: Advancing): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${account}, 1))`;
    const space = new Space({
      reactions,
      origin,
      sql: tx,
      account,
      root: account,
      now: Number(target),
      cause: { request: null, idempotencyKey: null },
    });
    const clock = await space.find("test_helpers.test_clock", id);
    if (clock?.status !== "advancing") return;
    clock.frozen_time = Number(target);
    clock.status = "ready";
    clock.status_details = {};
    space.announce("test_helpers.test_clock.ready", clock);
    await space.flush();
  });
}
