"use client";

import { ArrowDown, SendHorizontal } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button-style";
import { LIMITS } from "@/lib/protocol/limits";
import { useCallState, useRunning } from "../context";
import { said } from "../use-acts";
import { ChatLine } from "./chat-line";

const NEAR_PX = 48;

export function Chat() {
  const { chat, self } = useCallState();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [isBehind, setBehind] = useState(false);
  const last = chat.at(-1)?.clientId;

  // Whoever reads further up is not pulled away by what comes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is what moves the list.
  useEffect(() => {
    if (atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
    else setBehind(true);
  }, [last]);

  const look = () => {
    const box = list.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    if (atEnd.current) setBehind(false);
  };
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight });

  return (
    <>
      <div className="relative min-h-0 flex-1">
        <div
          ref={list}
          onScroll={look}
          role="log"
          aria-label="Messages"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="h-full overflow-y-auto overscroll-contain px-5 py-4 focus-visible:-outline-offset-2"
        >
          {chat.length === 0 && (
            <p className="text-ink-soft">Nothing is written yet. Everybody in the call reads what you write here.</p>
          )}
          <ol className="grid gap-4">
            {chat.map((entry) => (
              <ChatLine key={`${entry.from}-${entry.clientId}`} entry={entry} isOwn={entry.from === self?.id} />
            ))}
          </ol>
        </div>
        {isBehind && (
          <button
            type="button"
            onClick={toEnd}
            className="absolute bottom-3 left-1/2 flex min-h-9 -translate-x-1/2 items-center gap-1.5 rounded-full bg-ink px-4 text-13 font-semibold text-paper touch:min-h-11"
          >
            <ArrowDown aria-hidden="true" className="size-4" strokeWidth={1.8} />
            New messages
          </button>
        )}
      </div>
      {self?.grants.chat && <Write />}
    </>
  );
}

function Write() {
  const { call, notes } = useRunning();
  const [text, setText] = useState("");

  const send = () => {
    const words = text.trim();
    if (words === "") return;
    setText("");
    void call.say(words).catch(said(notes));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      onSubmit={submit}
      className="flex items-end gap-2 border-t border-rule p-3 max-sm:pb-[calc(0.75rem+env(safe-area-inset-bottom))]"
    >
      <textarea
        aria-label="Write to everybody"
        placeholder="Write to everybody"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        rows={1}
        maxLength={LIMITS.chatCharacters}
        className="field-sizing-content max-h-32 min-h-11 min-w-0 flex-1 resize-none rounded-control border border-rule-firm bg-paper-raised px-3 py-2.5 text-16 focus:border-ink focus:outline-none sm:text-14"
      />
      <button
        type="submit"
        aria-label="Send"
        disabled={text.trim() === ""}
        className={buttonClass({ variant: "ink", size: "icon" }, "size-11")}
      >
        <SendHorizontal aria-hidden="true" strokeWidth={1.6} />
      </button>
    </form>
  );
}
