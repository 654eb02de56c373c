import { Ledger } from "@/components/ui/ledger";
import { RoomsHead } from "./_components/rooms-head";

const COLUMNS = [
  { key: "room", title: "Room" },
  { key: "inside", title: "Inside" },
];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <RoomsHead />
      <Ledger caption="Rooms" className="mt-7 sm:mt-10" columns={COLUMNS} rows={[]} loading={3} />
    </div>
  );
}
