"use client";

import * as Radix from "radix-ui/dropdown-menu";
import { REACTIONS } from "@/lib/protocol/limits";
import { useRunning } from "../context";

/** Everything that may be thrown over the stage. */
export function ReactionMenu() {
  const { call } = useRunning();
  return (
    <div className="grid grid-cols-4">
      {REACTIONS.map((emoji) => (
        <Radix.Item
          key={emoji}
          onSelect={() => call.react(emoji)}
          className="grid size-12 place-items-center rounded-control text-25 outline-none data-[highlighted]:bg-paper-sunk"
        >
          {emoji}
        </Radix.Item>
      ))}
    </div>
  );
}
