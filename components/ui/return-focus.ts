/** Focus in these is passing: when they close, it goes back to what was used before them. */
const PASSING = "[role=dialog], [role=alertdialog], [role=menu], [data-radix-focus-guard]";
const USABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

let used: HTMLElement | undefined;

// Pressing a button does not focus it in every browser, so a press counts as well.
if (typeof document !== "undefined")
  for (const kind of ["focusin", "pointerdown"]) document.addEventListener(kind, remember, { capture: true });

function remember({ target }: Event): void {
  const control = target instanceof Element ? target.closest(USABLE) : null;
  if (control instanceof HTMLElement && !control.closest(PASSING)) used = control;
}

/** For `onCloseAutoFocus`: back to what opened it, or to the page's heading where that is gone. */
export function returnFocus(event: Event): void {
  event.preventDefault();
  if (used?.isConnected && used.getClientRects().length > 0) used.focus();
  else focusHeading(document.querySelector("main"));
}

/** Where to go on after a press that takes its own button away: the heading of the part it stood in. */
export function partInUse(): Element | null {
  return used?.closest("section, main") ?? null;
}

export function focusHeading(part: Element | null): void {
  const heading = (part?.isConnected ? part : document.querySelector("main"))?.querySelector("h1, h2");
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus();
}
