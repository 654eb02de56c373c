import type { Appearance } from "@stripe/stripe-js";
import { schemeOf, variablesOf } from "../appearance";
import type { Font } from "../wire";

const BASE = `
* { box-sizing: border-box; margin: 0 }
html { font-size: var(--fontSizeBase); -webkit-text-size-adjust: 100% }
body { padding: 4px; font: var(--fontWeightNormal) var(--fontSizeBase)/var(--fontLineHeight) var(--fontFamily); color: var(--colorText); background: transparent; -webkit-font-smoothing: antialiased; overflow: hidden }
[hidden] { display: none !important }
.Form { display: grid; gap: var(--gridRowSpacing) }
.Row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(7.5rem, 100%), 1fr)); gap: var(--gridRowSpacing) var(--gridColumnSpacing); align-items: start }
.Label { display: block; margin-bottom: var(--spacingUnit); font-size: var(--labelFontSize); font-weight: var(--labelFontWeight); color: var(--labelColorText) }
.Box { position: relative }
.Input { width: 100%; padding: calc(var(--spacingUnit) * 3); font: inherit; line-height: var(--fontLineHeight); color: var(--colorText); background: var(--colorBackground); border: 1px solid var(--inputColorBorder); border-radius: var(--borderRadius); box-shadow: var(--inputBoxShadow); outline: none; appearance: none; transition: border-color .15s, box-shadow .15s }
.Input:focus { border-color: var(--inputFocusColorBorder); box-shadow: var(--focusBoxShadow) }
.Input::placeholder { color: var(--colorTextPlaceholder); opacity: 1 }
.Input--invalid, .Input--invalid:focus { border-color: var(--colorDanger); box-shadow: 0 0 0 1px var(--colorDanger) }
.Input:disabled { opacity: .6 }
.Box--choice::after { content: ""; position: absolute; right: calc(var(--spacingUnit) * 3.5); top: 50%; width: .5em; height: .5em; margin-top: -.35em; border: solid var(--colorTextSecondary); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); pointer-events: none }
select.Input { padding-right: calc(var(--spacingUnit) * 9) }
.Brand { position: absolute; right: calc(var(--spacingUnit) * 3); top: 50%; transform: translateY(-50%); font-size: var(--fontSizeXs); font-weight: 600; letter-spacing: .03em; color: var(--colorTextSecondary); pointer-events: none }
.Error { margin-top: var(--spacingUnit); font-size: var(--fontSizeSm); color: var(--colorDanger) }
.Error:empty { display: none }
.TabList { display: flex; flex-wrap: wrap; gap: var(--tabSpacing, calc(var(--spacingUnit) * 2)); margin-bottom: var(--gridRowSpacing) }
.Tab { flex: 1; min-width: 7rem; padding: calc(var(--spacingUnit) * 3); font: inherit; font-weight: var(--fontWeightMedium); text-align: left; color: var(--colorTextSecondary); background: var(--colorBackground); border: 1px solid var(--inputColorBorder); border-radius: var(--borderRadius); outline: none; cursor: pointer; transition: border-color .15s, color .15s, box-shadow .15s }
.Tab:hover { color: var(--colorText) }
.Tab:focus-visible { box-shadow: var(--focusBoxShadow) }
.Tab--selected, .Tab--selected:hover { color: var(--colorPrimary); border-color: var(--colorPrimary); box-shadow: 0 0 0 1px var(--colorPrimary) }
.AccordionItem { border: 1px solid var(--inputColorBorder); background: var(--colorBackground); padding: calc(var(--spacingUnit) * 4) }
.AccordionItem + .AccordionItem { border-top: 0 }
.AccordionItem:first-child { border-radius: var(--borderRadius) var(--borderRadius) 0 0 }
.AccordionItem:last-child { border-radius: 0 0 var(--borderRadius) var(--borderRadius) }
.AccordionItem:only-child { border-radius: var(--borderRadius) }
.AccordionItem .Panel:not([hidden]) { margin-top: calc(var(--spacingUnit) * 4) }
.AccordionHead { display: flex; align-items: center; gap: calc(var(--spacingUnit) * 2.5); font-weight: var(--fontWeightMedium); cursor: pointer }
.AccordionHead input { width: 1.1em; height: 1.1em; accent-color: var(--colorPrimary) }
.TermsText { font-size: var(--fontSizeXs); color: var(--colorTextSecondary) }
.Test { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--spacingUnit) * 1.5); font-size: var(--fontSizeXs); color: var(--colorTextSecondary) }
.Test button { padding: 3px 9px; font: inherit; color: var(--colorText); background: transparent; border: 1px dashed var(--inputColorBorder); border-radius: 99px; cursor: pointer }
.Test button:focus-visible { outline: 2px solid var(--colorPrimary); outline-offset: 1px }
.Inline { display: flex; gap: calc(var(--spacingUnit) * 3) }
.Inline .Field:first-child { flex: 1; min-width: 0 } .Inline .Field { width: 5.5em } .Inline .Label, .Inline .Error { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.Inline .Input, .Bare .Input { padding: 0; border: 0; background: transparent; box-shadow: none; border-radius: 0 } .Inline .Input--invalid, .Bare .Input--invalid { color: var(--colorDanger) }
.Bare .Label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) } .Bare .Error, .Inline .Error { display: none } .Inline .Brand { display: none }
@media (pointer: coarse) { .Test button { min-height: 44px } .Input, .Tab { min-height: 44px } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }`;

const base = new CSSStyleSheet();
const rules = new CSSStyleSheet();

/** Makes the frame look like the page around it. */
export function wear(appearance: Appearance): void {
  base.replaceSync(BASE);
  const root = document.documentElement;
  for (const [name, value] of Object.entries(variablesOf(appearance))) root.style.setProperty(`--${name}`, value);
  root.style.colorScheme = schemeOf(appearance);
  rules.replaceSync("");
  for (const [selector, facts] of Object.entries(appearance.rules ?? {})) addRule(selector, facts);
  document.adoptedStyleSheets = [base, rules];
}

const SELECTOR = /^\.[A-Z]\w*(?:--\w+)?(?:[:\s.>+~][\w\s.:()-]*)?$/;

/** A rule names one of our classes, and loads nothing. */
function addRule(selector: string, facts: Record<string, string>): void {
  if (!SELECTOR.test(selector)) return;
  const rule = rules.cssRules[rules.insertRule(`${selector} {}`, rules.cssRules.length)];
  if (!(rule instanceof CSSStyleRule)) return;
  for (const [name, value] of Object.entries(facts)) {
    if (/url\(|expression/i.test(value)) continue;
    rule.style.setProperty(
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value,
    );
  }
}

/** Fonts come from wherever the page has them; one that does not load is not missed. */
export function loadFonts(fonts: Font[]): void {
  for (const font of fonts) {
    if ("cssSrc" in font) continue;
    const { family, src, ...facts } = font;
    const face = new FontFace(family, src, {
      display: "swap",
      ...(facts.weight && { weight: facts.weight }),
      ...(facts.style && { style: facts.style }),
      ...(facts.unicodeRange && { unicodeRange: facts.unicodeRange }),
    });
    document.fonts.add(face);
    void face.load().catch(() => undefined);
  }
}
