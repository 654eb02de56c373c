"use client";

import { useEffect, useRef, useState } from "react";
import type { CallState } from "@/lib/rtc/state";
import { seconds } from "@/lib/time";
import { useCallState, useRunning } from "../context";
import { useFrom } from "../use-readable";
import { type Arrangement, arrange, dark, lightUp, type Mode } from "./arrange";

const PHONE = "(width < 40rem)";

/** Everything that decides how the stage looks, and what changes it. */
export function useScene() {
  const state = useCallState();
  const [mode, setMode] = useState<Mode>("auto");
  const [pinned, setPinned] = useState<string | null>(null);
  const [page, setPage] = useState(0);
  const isPhone = useIsPhone();
  const speaker = useSpeaker();
  const sharing = useSharing(state);
  const selfId = state.self?.id ?? "";
  const others = state.people.map(({ id }) => id);
  const isThere = pinned !== null && (pinned === selfId || others.some((id) => id === pinned));
  const arrangement: Arrangement = arrange({
    ...{ selfId, others, sharing, mode, isPhone, speaker, page },
    pinned: isThere ? pinned : null,
  });
  const pin = (id: string) => setPinned((before) => (before === id ? null : id));
  return { state, arrangement, mode, setMode, pinned, pin, page, setPage };
}

/** Whoever began last is looked at. */
function useSharing({ self, people }: CallState): string[] {
  const { call } = useRunning();
  const ownIsOn = useFrom(call.local, ({ screen }) => screen.track !== null);
  const order = useRef<string[]>([]);
  const now = [
    ...(self && ownIsOn ? [self.id] : []),
    ...people.filter(({ screen, media }) => screen !== null && media.screen).map(({ id }) => id),
  ];
  const known = order.current.filter((id) => now.some((one) => one === id));
  order.current = [...now.filter((id) => !known.includes(id)), ...known];
  return order.current;
}

function useSpeaker(): string | null {
  const { call } = useRunning();
  const [speaker, setSpeaker] = useState<string | null>(null);
  useEffect(() => {
    let light = dark;
    const look = () => {
      const ownId = call.getSnapshot().self?.id;
      const others = new Set([...call.speaking.getSnapshot()].filter((id) => id !== ownId));
      light = lightUp(light, others, performance.now());
      setSpeaker(light.id);
    };
    const timer = setInterval(look, seconds(0.5));
    return () => clearInterval(timer);
  }, [call]);
  return speaker;
}

function useIsPhone(): boolean {
  const [isPhone, setIsPhone] = useState(() => window.matchMedia(PHONE).matches);
  useEffect(() => {
    const query = window.matchMedia(PHONE);
    const look = () => setIsPhone(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return isPhone;
}
