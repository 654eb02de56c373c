"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Socket } from "socket.io-client";
import type { ClientEvents, ServerEvents } from "@/lib/protocol/account";

/** Several changes at once are one look. */
const GATHER_MS = 150;

/** Keeps the open page true: fetches again when the account changed, and leaves when the login ended. */
export function LiveRefresh() {
  const router = useRouter();

  useEffect(() => {
    let socket: Socket<ServerEvents, ClientEvents> | undefined;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let gone = false;

    const refresh = () => {
      clearTimeout(gathering);
      gathering = setTimeout(() => router.refresh(), GATHER_MS);
    };

    const listen = async () => {
      const { io } = await import("socket.io-client");
      if (gone) return;
      socket = io({ withCredentials: true, transports: ["websocket", "polling"] });
      socket.on("account:changed", refresh);
      socket.on("login:ended", () => window.location.assign("/login?ended=1"));
      // What was missed while the line was down shows on the next look.
      socket.io.on("reconnect", refresh);
    };
    // The page is as true as its last load where the line cannot be had.
    listen().catch(() => undefined);

    return () => {
      gone = true;
      clearTimeout(gathering);
      socket?.disconnect();
    };
  }, [router]);

  return null;
}
