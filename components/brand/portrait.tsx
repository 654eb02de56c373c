import { cx } from "@/components/ui/cx";
import { drawnFor } from "./people";
import { Person } from "./person";

/** A person as a small circle. `seed` keeps the drawing theirs; the name is said beside it. */
export function Portrait({
  seed,
  pictureUrl,
  className = "size-10",
}: {
  seed: string;
  pictureUrl?: string;
  className?: string;
}) {
  return (
    <span className={cx("relative block shrink-0 overflow-hidden rounded-full bg-[oklch(.3_.03_165)]", className)}>
      {pictureUrl ? (
        // biome-ignore lint/performance/noImgElement: images are served as they are, so the framework's element adds nothing.
        <img src={pictureUrl} alt="" className="size-full object-cover" />
      ) : (
        <Person look={drawnFor(seed)} still viewBox="60 60 272 272" />
      )}
    </span>
  );
}
