"use client";

import { Switch } from "@/components/ui/checkbox";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { KEYS } from "../use-keys";

type KeyListProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  isOn: boolean;
  setOn: (isOn: boolean) => void;
};

export const KeyList = ({ open, onOpenChange, isOn, setOn }: KeyListProps) => (
  <Dialog open={open} onOpenChange={onOpenChange}>
    <DialogContent title="Keyboard shortcuts" size="small">
      <Switch
        checked={isOn}
        onChange={({ target }) => setOn(target.checked)}
        label="Use them"
        hint="Off where a key of yours means something else."
      />
      <dl className="mt-5 grid">
        {KEYS.map(({ shown, does }) => (
          <div key={shown} className="flex items-center justify-between gap-4 border-t border-rule py-2.5">
            <dt>{does}</dt>
            <dd className="shrink-0">
              <Kbd>{shown}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </DialogContent>
  </Dialog>
);
