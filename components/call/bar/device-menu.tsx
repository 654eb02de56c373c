"use client";

import { ChevronUp } from "lucide-react";
import type { ComponentProps } from "react";
import { Menu, MenuChoice, MenuLabel } from "@/components/ui/menu";
import type { Device } from "@/lib/rtc/media/state";

type Group = { title: string; devices: readonly Device[]; chosen: string | null; choose: (id: string | null) => void };

/** The arrow beside a control: which device it means. */
export function DeviceMenu({ label, groups }: { label: string; groups: Group[] }) {
  return (
    <Menu trigger={<Arrow label={label} />} side="top" align="start">
      {groups.map(({ title, devices, chosen, choose }) => (
        <div key={title}>
          <MenuLabel>{title}</MenuLabel>
          <MenuChoice
            value={chosen ?? ""}
            onValueChange={(id) => choose(id || null)}
            options={[
              { value: "", label: "As the system says" },
              ...devices.map((device, index) => ({ value: device.id, label: device.label || `Device ${index + 1}` })),
            ]}
          />
        </div>
      ))}
    </Menu>
  );
}

const Arrow = ({ label, ...rest }: ComponentProps<"button"> & { label: string }) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    className="-ml-6.5 grid h-13 w-14 shrink-0 place-items-center rounded-r-full bg-[oklch(.25_.016_168)] pl-6.5 text-[oklch(.95_.009_128)] hover:bg-[oklch(.32_.018_168)] focus-visible:outline-[oklch(.95_.009_128)] max-sm:hidden rail:hidden"
    {...rest}
  >
    <ChevronUp aria-hidden="true" className="size-4" strokeWidth={1.8} />
  </button>
);
