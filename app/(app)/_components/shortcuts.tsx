"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

const SHORTCUTS = [
  { does: "Find a page, an account or something to do", keys: ["Ctrl K", "⌘ K"] },
  { does: "Show this list", keys: ["Ctrl /", "⌘ /"] },
  { does: "Jump over the rail to the content", keys: ["Tab", "Enter"] },
  { does: "Close what is open", keys: ["Esc"] },
];

export function Shortcuts({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keyboard shortcuts" size="small">
        <dl>
          {SHORTCUTS.map(({ does, keys }) => (
            <div key={does} className="flex items-center justify-between gap-4 border-b border-rule py-3 last:border-0">
              <dt>{does}</dt>
              <dd className="flex shrink-0 gap-1.5">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
