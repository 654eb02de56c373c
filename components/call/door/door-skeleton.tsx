import { Skeleton } from "@/components/ui/skeleton";
import { NOBODYS_LOOK } from "../brand";
import { DoorPage } from "./door-page";

/** The door's own layout, while it is found out whether it opens. */
export const DoorSkeleton = () => (
  <DoorPage look={NOBODYS_LOOK} preview={<div className="stage aspect-video rounded-stage bg-paper-sunk" />}>
    <div role="status" className="grid gap-4 text-31">
      <span className="sr-only">Opening the room</span>
      <Skeleton className="w-3/4" />
      <Skeleton className="w-1/2" />
    </div>
  </DoorPage>
);
