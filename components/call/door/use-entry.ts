"use client";

import { useEffect, useState } from "react";
import type { Credentials } from "@/lib/rtc/line/line";
import { NOBODYS_LOOK } from "../brand";
import type { RoomBefore } from "../facts";
import { keep, recall } from "../keep";
import type { Outcome } from "../outcome/outcome-words";

export type Entry =
  | { state: "opening" }
  | { state: "shut"; outcome: Outcome }
  | { state: "open"; room: RoomBefore; credentials: Credentials };

export type EnterByLink = (asked: {
  id: `room_${string}`;
  link: string;
}) => Promise<
  { ok: true; data: { token: string; room: RoomBefore } } | { ok: false; error: { code: string; message: string } }
>;

type EntryParts = { roomId: `room_${string}`; known: RoomBefore | null; isSignedIn: boolean; enterByLink: EnterByLink };

/** The way in: one's own account, or the link behind the mark of the address, which no server sees. */
export function useEntry({ roomId, known, isSignedIn, enterByLink }: EntryParts): Entry {
  const [entry, setEntry] = useState<Entry>({ state: "opening" });

  // Found once: a page that is read again must not throw anybody out of the call.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    let gone = false;
    const tell = (next: Entry) => {
      if (!gone) setEntry(next);
    };
    if (known) tell({ state: "open", room: known, credentials: {} });
    else void openByLink({ roomId, isSignedIn, enterByLink }).then(tell);
    return () => {
      gone = true;
    };
  }, [roomId]);

  return entry;
}

async function openByLink({ roomId, isSignedIn, enterByLink }: Omit<EntryParts, "known">): Promise<Entry> {
  const said = new URLSearchParams(window.location.hash.slice(1));
  const [link, token] = [said.get("link"), said.get("token")];
  if (token) return { state: "open", room: UNKNOWN, credentials: { token } };
  if (!link) return shut(isSignedIn ? "room_not_found" : "no_link", "");
  const kept = keptPass(roomId, link);
  // Who came in by it in this tab comes back as the same person: a link for one person stays theirs.
  if (kept) return { state: "open", room: kept.room, credentials: { token: kept.token } };
  const answer = await enterByLink({ id: roomId, link }).catch(() => null);
  if (answer === null) return shut("unreachable", "The server cannot be reached.");
  if (!answer.ok) return shut(answer.error.code === "link_spent" ? "link_spent" : "unreachable", answer.error.message);
  keep(`pass.${roomId}`, JSON.stringify({ link, ...answer.data }), "session");
  return { state: "open", room: answer.data.room, credentials: { token: answer.data.token } };
}

const shut = (reason: Outcome["reason"], message: string): Entry => ({ state: "shut", outcome: { reason, message } });

/** A token that the account's own server made names the room only once we are inside. */
const UNKNOWN: RoomBefore = {
  name: "Call",
  kind: "video",
  ...NOBODYS_LOOK,
  waitingRoom: false,
  publishes: true,
  inside: [],
};

function keptPass(roomId: string, link: string): { token: string; room: RoomBefore } | null {
  const kept = recall(`pass.${roomId}`, "session");
  if (kept === null) return null;
  const pass: { link: string; token: string; room: RoomBefore } = JSON.parse(kept); // written by us, above
  return pass.link === link && !hasRunOut(pass.token) ? pass : null;
}

/** Read, not believed: the server judges the token. */
function hasRunOut(token: string): boolean {
  const claims: { exp?: number } = JSON.parse(
    atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")),
  );
  return (claims.exp ?? 0) * 1_000 < Date.now();
}
