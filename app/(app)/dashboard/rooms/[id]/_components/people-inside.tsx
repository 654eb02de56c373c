import { Portrait } from "@/components/brand/portrait";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import type { RoomWithPeople } from "@/lib/rooms/schema";
import { formatInstant } from "@/lib/time";

const COLUMNS: Column<"person" | "role" | "since">[] = [
  { key: "person", title: "Person" },
  { key: "role", title: "Role", wideOnly: true },
  { key: "since", title: "Since", kind: "when" },
];

const ROLES = { host: "Host", moderator: "Moderator", speaker: "Speaker", listener: "Listener" };

export const PeopleInside = ({ people }: { people: RoomWithPeople["people"] }) => (
  <Ledger
    caption="Inside now"
    columns={COLUMNS}
    rows={people.map((person) => ({
      key: person.id,
      cells: {
        person: (
          <span className="flex items-baseline gap-3">
            <Portrait seed={person.id} className="size-7 self-center" />
            <span className="min-w-0">{person.name}</span>
            {person.reconnecting ? <Tag tone="held">Reconnecting</Tag> : <Tag tone="live">Inside</Tag>}
          </span>
        ),
        role: ROLES[person.role],
        since: <time dateTime={person.since.toISOString()}>{formatInstant(person.since).split(", ")[1]}</time>,
      },
    }))}
  />
);
