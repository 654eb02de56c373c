/** The first stop of the Tab key: jumps to the element with the id "content". */
export const SkipLink = () => (
  <a
    href="#content"
    className="fixed top-3 left-3 z-60 -translate-y-20 rounded-control bg-ink px-4 py-3 font-[550] text-paper no-underline focus:translate-y-0"
  >
    Skip to the content
  </a>
);
