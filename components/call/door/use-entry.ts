"use client";

import { useEffect, useState } from "react";
import type { CallOptions } from "@/lib/rtc/call/call";
import { NOBODYS_LOOK } from "../brand";
import type { RoomBefore } from "../facts";
import type { Outcome } from "../outcome/outcome-words";
import { openPassBook, type Pass, type PassBook, shownFrom } from "./pass";

export type Entry =
  | { state: "opening" }
  | { state: "shut"; outcome: Outcome }
  | { state: "open"; room: RoomBefore; way: Way };

/** How a call shows who it is, and what it does with the tokens that it gets inside. */
export type Way = { credentials: NonNullable<CallOptions["credentials"]>; onRenewed?: (token: string) => void };

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
    if (known) tell({ state: "open", room: known, way: { credentials: {} } });
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
  const by = token ?? link;
  if (!by) return shut(isSignedIn ? "room_not_found" : "no_link", "");
  const book = openPassBook(roomId, by);
  const ask = () => enterByLink({ id: roomId, link: by });
  // Where a token stands there was no link that could be asked for another one.
  const askAgain = async () => (token ? null : passIn(await ask()));
  const known = book.read() ?? (token ? { token, room: UNKNOWN } : null);
  if (known) return open(book, known, askAgain);

  const answer = await ask().catch(() => null);
  if (answer === null) return shut("unreachable", "The server cannot be reached.");
  if (!answer.ok) return shut(answer.error.code === "link_spent" ? "link_spent" : "unreachable", answer.error.message);
  return open(book, answer.data, askAgain);
}

function open(book: PassBook, pass: Pass, askAgain: () => Promise<Pass | null>): Entry {
  book.write(pass);
  return { state: "open", room: pass.room, way: { credentials: shownFrom(book, askAgain), onRenewed: book.renew } };
}

const passIn = (answer: Awaited<ReturnType<EnterByLink>>): Pass | null => (answer.ok ? answer.data : null);

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
