"use client";

import { Trash2 } from "lucide-react";
import { Fragment } from "react";
import { buttonClass } from "@/components/ui/button-style";
import type { ChatEntry } from "@/lib/rtc/state";
import { useCallState, useRunning } from "../context";
import { said } from "../use-acts";

export function ChatLine({ entry, isOwn }: { entry: ChatEntry; isOwn: boolean }) {
  const { call, notes } = useRunning();
  const { self } = useCallState();
  const { id, userName, text, ts, state } = entry;
  const mayDelete = id !== null && (isOwn || self?.grants.moderate);
  return (
    <li className="group/line">
      <p className="flex min-h-6 items-baseline gap-2 text-13">
        <b className="min-w-0 truncate font-semibold">{isOwn ? "You" : userName}</b>
        <time dateTime={new Date(ts).toISOString()} className="shrink-0 text-12 text-ink-faint">
          {new Date(ts).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}
        </time>
        {mayDelete && (
          <button
            type="button"
            aria-label={`Delete the message of ${isOwn ? "yours" : userName}`}
            onClick={() => void call.deleteMessage(id).catch(said(notes))}
            className={buttonClass(
              { variant: "quiet", size: "small" },
              "ml-auto min-h-6 px-1.5 opacity-0 group-hover/line:opacity-100 focus-visible:opacity-100 touch:opacity-100",
            )}
          >
            <Trash2 aria-hidden="true" className="size-4" strokeWidth={1.6} />
          </button>
        )}
      </p>
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        <Linked text={text} />
      </p>
      {state !== "sent" && (
        <p className="flex items-center gap-2 text-12 text-ink-faint">
          {state === "sending" ? "Sending" : <span className="text-danger">Not sent.</span>}
          {state === "failed" && (
            <button
              type="button"
              className="min-h-6 underline underline-offset-2 touch:min-h-11"
              onClick={() => void call.say(text).catch(said(notes))}
            >
              Send again
            </button>
          )}
        </p>
      )}
    </li>
  );
}

const ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/g;

/** Text stays text; only what is plainly an address leads somewhere, and tells that place nothing of us. */
const Linked = ({ text }: { text: string }) =>
  text.split(ADDRESS).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <Fragment key={index}>{part}</Fragment>
    ),
  );
