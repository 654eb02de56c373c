import type { Answered } from "../wire";
import { type House, type Intent, post } from "./house";

const STYLE = `
dialog { outline: none; width: min(420px, calc(100vw - 24px)); height: min(400px, calc(100dvh - 24px)); padding: 0; border: 0; border-radius: 14px; overflow: hidden; background: light-dark(#fff, #14191b); box-shadow: 0 24px 70px rgb(0 0 0 / .35); color-scheme: light dark; pointer-events: auto }
dialog::backdrop { background: rgb(10 14 16 / .6) }
iframe { display: block; width: 100%; height: 100%; border: 0 }
button { position: absolute; top: 6px; right: 6px; width: 44px; height: 44px; border: 0; border-radius: 8px; background: none; color: light-dark(#2b2d36, #f5f6f8); font: 24px/1 system-ui, sans-serif; cursor: pointer }
button:focus-visible { outline: 2px solid currentColor; outline-offset: -4px }
@media (prefers-reduced-motion: no-preference) { dialog[open] { animation: rise .2s ease-out } @keyframes rise { from { opacity: 0; transform: translateY(10px) } } }`;

/** Lets the bank ask its question over the page. Whoever closes the question has not answered it, which counts as no. */
export async function challenge(house: House, intent: Intent): Promise<void> {
  const before = document.activeElement;
  const outcome = await asked(house, intent);
  if (before instanceof HTMLElement) before.focus();
  if (outcome === "answered") return;
  const to = intent.object === "payment_intent" ? "3ds" : "3ds_setup";
  await post(house, `/v1/_local/${to}/${intent.id}`, { client_secret: intent.client_secret, outcome: "failed" });
}

function asked({ origin }: House, { id, client_secret }: Intent): Promise<"answered" | "closed"> {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const dialog = document.createElement("dialog");
  dialog.tabIndex = -1;
  dialog.setAttribute("aria-label", "Your bank asks");
  const frame = document.createElement("iframe");
  frame.title = "3-D Secure challenge";
  frame.name = "stripe-challenge-frame";
  const question = new URLSearchParams({
    client_secret,
    embedded: "true",
    return_url: `${origin}/v3/three-d-secure-done.html`,
  });
  frame.src = `${origin}/_local/3ds/${id}?${question}`;
  const close = document.createElement("button");
  close.type = "button";
  close.ariaLabel = "Close";
  close.textContent = "×";
  dialog.append(frame, close);
  root.append(dialog);
  // A dialog of the page that closes at a press beside it does not close at a press in here.
  for (const name of ["pointerdown", "mousedown", "touchstart", "focusin"])
    host.addEventListener(name, (event) => event.stopPropagation());
  document.body.append(host);
  dialog.showModal();
  dialog.focus();

  return new Promise((resolve) => {
    const end = (outcome: "answered" | "closed"): void => {
      removeEventListener("message", hear);
      host.remove();
      resolve(outcome);
    };
    const hear = ({ data, source }: MessageEvent<Answered>): void => {
      if (source !== frame.contentWindow) return;
      if (data?.localStripe === "answered" && data.intent === id) end("answered");
      if (data?.localStripe === "left") end("closed");
    };
    addEventListener("message", hear);
    close.addEventListener("click", () => end("closed"));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end("closed");
    });
  });
}
