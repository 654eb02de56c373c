import { drawnFor } from "@/components/brand/people";
import { Person } from "@/components/brand/person";

type DrawingProps = { seed: string; speaking: boolean; still: boolean };

const WIDE = "-130 -10 660 370";
const TALL = "-10 -150 420 640";

/** Somebody without a picture, cut so that the head is whole in a wide place and in a tall one. Asks for a sized container. */
export const Drawing = ({ seed, speaking, still }: DrawingProps) => (
  <>
    <Person
      look={drawnFor(seed)}
      speaking={speaking}
      still={still}
      viewBox={WIDE}
      className="absolute inset-0 [@container(aspect-ratio<1)]:hidden"
    />
    <Person
      look={drawnFor(seed)}
      speaking={speaking}
      still={still}
      viewBox={TALL}
      className="absolute inset-0 hidden [@container(aspect-ratio<1)]:block"
    />
  </>
);
