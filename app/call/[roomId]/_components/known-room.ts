import type { RoomBefore } from "@/components/call/facts";
import type { Ctx, UserActor } from "@/lib/ctx";
import { isAppError } from "@/lib/errors";
import { getRoom } from "@/lib/rooms/queries";
import type { RoomRef } from "@/lib/rooms/schema";

/** A room of one's own account that is open. Any other one is entered by its link, by members of other accounts too. */
export async function knownRoom(ctx: Ctx<UserActor>, ref: RoomRef): Promise<RoomBefore | null> {
  try {
    const { name, type, state, branding, brand, people } = await getRoom(ctx, ref);
    if (state === "closed") return null;
    // Members of the account do not wait at its doors.
    const inside = people.map((person) => ({ id: person.id, name: person.name }));
    return { name, kind: type, branding, brand, waitingRoom: false, publishes: true, inside };
  } catch (error) {
    if (isAppError(error) && (error.code === "not_found" || error.code === "forbidden")) return null;
    throw error;
  }
}
