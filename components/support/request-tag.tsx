import { Tag } from "@/components/ui/tag";
import type { RequestState } from "@/lib/support/schema";

type RequestTagProps = { state: RequestState; waitsFor: "staff" | "you" };

/** The same state in the words of each side. */
export function RequestTag({ state, waitsFor }: RequestTagProps) {
  if (state === "closed") return <Tag tone="draft">Closed</Tag>;
  if (state === "answered") return <Tag tone="settled">Answered</Tag>;
  return <Tag tone="held">{waitsFor === "staff" ? "With us" : "Waiting"}</Tag>;
}
