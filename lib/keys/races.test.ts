import { and, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { changeRole } from "@/lib/accounts/change-role";
import { getAccount } from "@/lib/accounts/queries";
import { removeMember } from "@/lib/accounts/remove-member";
import { db } from "@/lib/db/client";
import { keys } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { parseInput } from "@/lib/input";
import { closeAccount } from "@/lib/registration/close";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { aTeam } from "@/lib/testing/teams";
import { createKey } from "./create";
import { listKeys } from "./queries";
import { regenerateKey } from "./regenerate";
import { revokeKey } from "./revoke";
import { CreateKey, RegenerateKey } from "./schema";
import { updateKey } from "./update";

const wanted = (given: Partial<CreateKey> = {}): CreateKey => ({ ...parseInput(CreateKey, {}), ...given });
const replacement = (given: Partial<RegenerateKey>): RegenerateKey => ({ ...parseInput(RegenerateKey, {}), ...given });

const verbs = {
  creates: (ctx: Person["ctx"]) => createKey(ctx, wanted()),
  replaces: (ctx: Person["ctx"], keyId: Id<"key">) => regenerateKey(ctx, replacement({ keyId })),
  changes: (ctx: Person["ctx"], id: Id<"key">) => updateKey(ctx, { id, changes: { name: "Mine" } }),
  revokes: (ctx: Person["ctx"], id: Id<"key">) => revokeKey(ctx, { id }),
};

// The context still says admin, as that of a request would which was on its way.
test.each(Object.entries(verbs))("an admin who was removed or made a member %s no key any more", async (_, verb) => {
  const { accountId, owner } = await aTeam();
  const [removed, demoted] = await Promise.all([aMember(accountId, "admin"), aMember(accountId, "admin")]);
  const { id } = await createKey(owner.ctx, wanted({ name: "Theirs" }));
  await removeMember(owner.ctx, { userId: removed.userId });
  await changeRole(owner.ctx, { userId: demoted.userId, role: "member" });

  await expect(verb(removed.ctx, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(verb(demoted.ctx, id)).rejects.toMatchObject({ code: "forbidden" });
  expect((await listKeys(owner.ctx)).apiKeys).toMatchObject([{ id, name: "Theirs" }]);
});

test("an account that closes while its keys are made and replaced waits in no circle", {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await aPerson();
    const { id: keyId } = await createKey(person.ctx, wanted());
    const { name } = await getAccount(person.ctx);
    const outcomes = await Promise.allSettled([
      regenerateKey(person.ctx, replacement({ keyId })),
      createKey(person.ctx, wanted()),
      closeAccount(person.ctx, { confirm: name }),
      updateKey(person.ctx, { id: keyId, changes: { name: "Late" } }),
      revokeKey(person.ctx, { id: keyId }),
    ]);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(AppError);
    const working = await db().$count(keys, and(eq(keys.accountId, person.accountId), isNull(keys.revokedAt)));
    expect(working).toBe(0);
  }
});
