import { type RefObject, useEffect, useState } from "react";

/** Runs while it is seen, unless the reader stopped it or asks for less motion. */
export function useRunning(shown: RefObject<HTMLElement | null>) {
  const [wish, setWish] = useState<"run" | "stop">("stop");
  const [inSight, setInSight] = useState(false);
  const [pageShown, setPageShown] = useState(true);

  useEffect(() => {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) setWish("run");
  }, []);

  useEffect(() => {
    const element = shown.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? false), {
      threshold: 0.2,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [shown]);

  useEffect(() => {
    const follow = () => setPageShown(!document.hidden);
    document.addEventListener("visibilitychange", follow);
    return () => document.removeEventListener("visibilitychange", follow);
  }, []);

  const isWished = wish === "run";
  return {
    wished: isWished,
    running: isWished && inSight && pageShown,
    toggle: () => setWish(isWished ? "stop" : "run"),
  };
}
