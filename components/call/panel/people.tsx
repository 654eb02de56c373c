"use client";

import { Hand, Mic, MicOff, Video, VideoOff } from "lucide-react";
import { Portrait } from "@/components/brand/portrait";
import { Tag } from "@/components/ui/tag";
import type { Person, Self } from "@/lib/rtc/state";
import { useCallState } from "../context";
import { ROLE_WORDS } from "../facts";
import { Door } from "./door";
import { Knocks } from "./knocks";
import { PersonMenu } from "./person-menu";

/** Who is here, who stands at the door, and what the host may do about it. */
export function People() {
  const { self, people, room } = useCallState();
  if (!self || !room) return null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
        <Knocks />
        <ul aria-label="People in the call" className="grid">
          <Line person={self} own />
          {people.map((person) => (
            <Line key={person.id} person={person} own={false} away={person.isAway} />
          ))}
        </ul>
        <p className="mt-4 text-13 text-ink-faint tabular-nums">
          {people.length + 1} of {room.maxParticipants} seats are taken.
        </p>
      </div>
      {self.grants.moderate && <Door />}
    </div>
  );
}

type LineProps = { person: Self | Person; own: boolean; away?: boolean };

function Line({ person, own, away = false }: LineProps) {
  const { room } = useCallState();
  const { media } = person;
  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-rule last:border-0">
      <Portrait seed={person.id} className="size-8" />
      <span className="grid min-w-0 flex-1">
        <span className="truncate font-medium">{own ? `${person.name} (you)` : person.name}</span>
        <span className="text-12 text-ink-faint">{ROLE_WORDS[person.role]}</span>
      </span>
      {away && <Tag tone="held">Away</Tag>}
      {person.hand && <Hand role="img" aria-label="Hand raised" className="size-4 text-voice-deep" strokeWidth={1.8} />}
      {media.audio ? (
        <Mic role="img" aria-label="Microphone on" className="size-4 text-ink-soft" strokeWidth={1.6} />
      ) : (
        <MicOff role="img" aria-label="Microphone off" className="size-4 text-ink-faint" strokeWidth={1.6} />
      )}
      {room?.type === "video" &&
        (media.video ? (
          <Video role="img" aria-label="Camera on" className="size-4 text-ink-soft" strokeWidth={1.6} />
        ) : (
          <VideoOff role="img" aria-label="Camera off" className="size-4 text-ink-faint" strokeWidth={1.6} />
        ))}
      {!own && <PersonMenu person={person} />}
    </li>
  );
}
