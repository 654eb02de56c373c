import { Drawing } from "../stage/drawing";

/** Whoever comes to listen is asked for nothing. */
export const Listener = ({ name }: { name: string }) => (
  <div className="stage relative isolate aspect-video overflow-hidden rounded-stage bg-paper-sunk [container-type:size] max-sm:aspect-auto max-sm:h-[33dvh] max-sm:w-full">
    <Drawing seed={name || "you"} still speaking={false} />
    <p className="absolute inset-x-0 bottom-0 z-2 rounded-b-stage bg-linear-to-t from-[oklch(.14_.01_165/.8)] to-transparent p-5 pt-16">
      You come to listen. Nobody hears or sees you.
    </p>
  </div>
);
