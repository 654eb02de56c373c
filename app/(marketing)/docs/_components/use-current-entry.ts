import { useEffect, useState } from "react";

/** The anchor of what is being read: the last entry whose top has passed the upper third of the window. */
export function useCurrentEntry(): string | undefined {
  const [current, setCurrent] = useState<string>();

  useEffect(() => {
    const inView = new Set<Element>();
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) inView.add(target);
          else inView.delete(target);
        }
        const last = [...document.querySelectorAll("[data-entry]")].findLast((entry) => inView.has(entry));
        if (last) setCurrent(last.id);
      },
      { rootMargin: "-5% 0px -70% 0px" },
    );
    for (const entry of document.querySelectorAll("[data-entry]")) observer.observe(entry);
    return () => observer.disconnect();
  }, []);

  return current;
}
