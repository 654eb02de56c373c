import type { Appearance, CustomFontSource } from "@stripe/stripe-js";
import { useSyncExternalStore } from "react";

export type Look = { appearance: Appearance; fonts: CustomFontSource[] };

const COMPACT = "(width < 40rem) or (pointer: coarse)";
const DARK = "(prefers-color-scheme: dark)";

/** How the fields of Stripe.js look like ours. Nothing on the server, where no style is known. */
export function useLook(): Look | null {
  const key = useSyncExternalStore(subscribe, lookKey, () => "");
  return key === "" ? null : lookFor(key);
}

function subscribe(tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const queries = [COMPACT, DARK].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener("change", tell);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener("change", tell);
  };
}

/** All that a look depends on. */
const lookKey = (): string =>
  `${document.documentElement.dataset.theme ?? "system"} ${[COMPACT, DARK].map((query) => window.matchMedia(query).matches).join(" ")}`;

let latest: { key: string; look: Look } | undefined;

function lookFor(key: string): Look {
  if (latest?.key !== key) latest = { key, look: { appearance: appearance(), fonts: fonts() } };
  return latest.look;
}

function appearance(): Appearance {
  const root = getComputedStyle(document.documentElement);
  const colour = (name: string): string => hex(root.getPropertyValue(`--${name}`));
  const isCompact = window.matchMedia(COMPACT).matches;
  const [ink, rule, danger, raised] = [colour("ink"), colour("rule-firm"), colour("danger"), colour("paper-raised")];
  return {
    theme: root.colorScheme === "dark" ? "night" : "stripe",
    disableAnimations: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    variables: {
      colorPrimary: ink,
      colorBackground: raised,
      colorText: ink,
      colorTextSecondary: colour("ink-soft"),
      colorTextPlaceholder: colour("ink-faint"),
      colorDanger: danger,
      colorSuccess: colour("book"),
      fontFamily: getComputedStyle(document.body).fontFamily,
      // Smaller text makes iOS zoom into the page.
      fontSizeBase: isCompact ? "16px" : "14px",
      fontSizeSm: "13px",
      fontLineHeight: "1.5",
      borderRadius: "6px",
      spacingUnit: "4px",
      gridRowSpacing: "16px",
      gridColumnSpacing: "12px",
    },
    rules: {
      ".Input": { border: `1px solid ${rule}`, boxShadow: "none", padding: isCompact ? "10px 12px" : "9px 12px" },
      ".Input:focus": { border: `1px solid ${ink}`, boxShadow: `0 0 0 1px ${ink}`, outline: "none" },
      ".Input--invalid": { border: `1px solid ${danger}`, boxShadow: `0 0 0 1px ${danger}` },
      ".Input--invalid:focus": { border: `1px solid ${danger}`, boxShadow: `0 0 0 1px ${danger}` },
      ".Label": { fontSize: "13px", fontWeight: "550", marginBottom: "6px" },
      ".Error": { fontSize: "13px", marginTop: "6px" },
      ".Tab": { border: `1px solid ${rule}`, boxShadow: "none", padding: isCompact ? "12px" : "10px 12px" },
      ".Tab:focus": { boxShadow: `0 0 0 1px ${ink}` },
      ".Tab--selected": { border: `1px solid ${ink}`, boxShadow: `0 0 0 1px ${ink}`, color: ink },
    },
  };
}

/** The frames of Stripe.js do not know our tokens and may not know their notation. */
function hex(colour: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  if (!context) return "#808080";
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** The faces of the page's own text, with addresses that a frame of another origin can use. */
function fonts(): CustomFontSource[] {
  const wanted = getComputedStyle(document.body).fontFamily.split(",").map(unquoted);
  return [...document.styleSheets].flatMap((sheet) =>
    rulesOf(sheet).flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const { style } = rule;
      const family = unquoted(style.getPropertyValue("font-family"));
      const address = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src"))?.[1];
      if (!address || !wanted.includes(family)) return [];
      return [
        {
          family,
          src: `url("${new URL(address, sheet.href ?? location.href).href}")`,
          weight: style.getPropertyValue("font-weight") || "400",
          ...(style.getPropertyValue("unicode-range") && { unicodeRange: style.getPropertyValue("unicode-range") }),
        },
      ];
    }),
  );
}

function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    // A sheet of another origin keeps its rules to itself.
    return [];
  }
}

const unquoted = (family: string): string => family.trim().replace(/^["']|["']$/g, "");
