import { actorOfLogin } from "@/lib/auth/live-logins";
import type { Notice } from "../loops/revocations";
import { accountRoom, keyRoom, loginRoom } from "./channels";
import type { Opened } from "./open";
import { putOutStranger } from "./strangers";

/** Sockets live no longer than the right they were opened with. */
export async function applyNotice({ io, seats }: Pick<Opened, "io" | "seats">, notice: Notice): Promise<void> {
  if (notice.kind === "key") return void io.local.in(keyRoom(notice.id)).disconnectSockets(true);

  const room = loginRoom(notice.id);
  for (const socketId of io.sockets.adapter.rooms.get(room) ?? []) {
    const socket = io.sockets.sockets.get(socketId);
    if (socket?.data.actor.kind !== "user") continue;
    const before = socket.data.actor;
    const actor = await actorOfLogin(before);
    if (!actor) {
      socket.emit("login:ended", {});
      socket.disconnect(true);
      continue;
    }
    socket.data.actor = actor;
    await putOutStranger(seats, socket);
    if (actor.accountId !== before.accountId) {
      await socket.leave(accountRoom(before.accountId));
      await socket.join(accountRoom(actor.accountId));
    }
    // Another account or another role is another page.
    if (actor.accountId !== before.accountId || actor.role !== before.role)
      socket.emit("account:changed", { what: "account" });
  }
}
