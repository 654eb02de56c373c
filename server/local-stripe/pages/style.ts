import type { Html } from "./html";

const LIGHT =
  "--paper: #f4f6f0; --raised: #fcfdfb; --sunk: #e9ede4; --ink: #17211d; --soft: #46534d; --faint: #626e67; --rule: #d3d9cd; --firm: #75817a; --book: #0f5a3f; --on-book: #fbfdf9; --hold: #f6e9c6; --on-hold: #45350b; --danger: #ab0d33";
const DARK =
  "--paper: #0d1311; --raised: #151c19; --sunk: #090e0c; --ink: #eef2ea; --soft: #bcc6bf; --faint: #95a19a; --rule: #2b3431; --firm: #75807b; --book: #78d4a6; --on-book: #0a1912; --hold: #352b12; --on-hold: #f3dda2; --danger: #ff93a4";

/** How the hosted pages look: ruled and quiet, like the books they stand beside. */
export const STYLE: Html = {
  markup: `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; margin: 0 }
html { -webkit-text-size-adjust: 100% }
body { min-height: 100dvh; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: break-word; -webkit-font-smoothing: antialiased }
.test { display: flex; justify-content: center; gap: .5rem; padding: .45rem 1rem; background: var(--hold); color: var(--on-hold); font-size: .8125rem }
.test b { font-weight: 650 }
main { max-width: 34rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 4rem) 1.25rem 4rem }
main.wide { max-width: 60rem }
h1 { font: 420 clamp(1.7rem, 5vw, 2.1rem)/1.15 ui-serif, Georgia, "Times New Roman", serif; letter-spacing: -.015em; text-wrap: balance }
h2 { margin: 2.25rem 0 .25rem; padding-bottom: .5rem; border-bottom: 1px solid var(--ink); font-size: .8125rem; font-weight: 600 }
h1 + p { margin-top: .5rem }
p + p, form + p, table + p { margin-top: .75rem }
a { color: inherit; text-decoration-color: var(--firm); text-underline-offset: 3px } a:hover { text-decoration-color: currentColor }
.soft { color: var(--soft) } .faint, .hint { color: var(--faint); font-size: .8125rem } .hint { margin-top: .5rem }
.money, td, .sum { font-variant-numeric: tabular-nums }
.figure { display: block; font: 420 clamp(2.3rem, 9vw, 3.1rem)/1.1 ui-serif, Georgia, serif; letter-spacing: -.02em; font-variant-numeric: tabular-nums }
.verb { display: block; font: 1rem/1.5 system-ui, sans-serif; letter-spacing: 0; color: var(--soft) }
.first { display: inline-block } .first::first-letter { text-transform: uppercase }
.refused { margin: 1.25rem 0 0; padding: .75rem 0; border: solid var(--danger); border-width: 1px 0; color: var(--danger); font-weight: 550 }
form { margin-top: 1.5rem } td form, li form { margin: 0 }
fieldset { padding: 0; border: 0; min-width: 0 } legend { padding: 0; margin-bottom: .4rem; font-size: .8125rem; font-weight: 550 }
label { display: block; margin: 1rem 0 .375rem; font-size: .8125rem; font-weight: 550 }
input, select { width: 100%; min-height: 2.75rem; padding: .6rem .75rem; border: 1px solid var(--firm); border-radius: 6px; background: var(--raised); color: inherit; font: inherit; font-size: 1rem; font-variant-numeric: tabular-nums }
input:focus, select:focus { border-color: var(--ink); box-shadow: 0 0 0 1px var(--ink); outline: none }
input[aria-invalid=true] { border-color: var(--danger); box-shadow: 0 0 0 1px var(--danger) }
button { display: block; width: 100%; min-height: 2.9rem; margin-top: 1.5rem; padding: .6rem 1.25rem; border: 1px solid transparent; border-radius: 6px; background: var(--ink); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer }
button.book { background: var(--book); color: var(--on-book) }
button.quiet { margin-top: .75rem; border-color: var(--firm); background: none; color: var(--ink) } button.quiet:hover { border-color: var(--ink) }
button.small { display: inline-block; width: auto; min-height: 2.25rem; margin: 0; padding: .3rem .8rem; font-size: .8125rem }
a:focus-visible, button:focus-visible, [type=radio]:focus-visible, pre:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; box-shadow: none }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .75rem }
.ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem }
.way { display: flex; align-items: center; gap: .6rem; margin: 0; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--firm); border-radius: 6px; background: var(--raised); font-size: .875rem; cursor: pointer }
.way:has(:checked) { border-color: var(--ink); box-shadow: 0 0 0 1px var(--ink) }
[type=radio] { width: 1.05rem; height: 1.05rem; min-height: 0; margin: 0; padding: 0; accent-color: var(--ink); border: 0; box-shadow: none }
fieldset:has([value=us_bank_account]:checked) .of-card, fieldset:not(:has([value=us_bank_account]:checked)) .of-bank { display: none }
table { width: 100%; border-collapse: collapse } td { padding: .6rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere } td + td { padding-left: 1rem; text-align: right; white-space: nowrap }
tr.sum td { padding-top: .75rem; border-bottom: 3px double var(--ink); font-weight: 650 }
.list { padding: 0; list-style: none } .list li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding: .8rem 0; border-bottom: 1px solid var(--rule) } .list li > :first-child { flex: 1 1 14rem; min-width: 0 }
.state { font-size: .8125rem; font-weight: 600; color: var(--faint) } .state.good { color: var(--book) }
.list details { flex-basis: 100% } .list details > summary { padding: .25rem 0; font-size: .8125rem }
details > summary { padding: .8rem 0; font-weight: 550; cursor: pointer } details form { margin-top: 0; padding-bottom: 1rem }
pre { margin-top: 1rem; padding: 1rem; overflow: auto; background: var(--sunk); border-radius: 6px; font: .8125rem/1.5 ui-monospace, monospace }
main.split { max-width: none; padding: 0; display: grid; min-height: calc(100dvh - 2.1rem); grid-template-rows: auto 1fr }
.split > section { padding: clamp(1.5rem, 5vw, 4.5rem) clamp(1.25rem, 5vw, 4.5rem) 2rem } .split > section > div { max-width: 27rem } .split .summary { background: var(--sunk) }
.split form { margin-top: 0 } form > .ways-part { margin-top: 1rem } .split h2 { margin-top: 0; border: 0; padding: 0; font: 420 1.4rem/1.2 ui-serif, Georgia, serif }
.split .summary table { margin-top: 1.75rem } .back { display: inline-block; margin-bottom: 1.5rem; font-size: .8125rem; color: var(--soft) }
@media (width >= 56rem) { main.split { grid-template: auto / 1fr 1fr } .split .summary > div { margin-left: auto } .split > section { padding-bottom: 4.5rem } }
.inside main { padding: 1.5rem 1.25rem 1.25rem } .inside main.split { min-height: 0; display: block } .inside .split > section { padding: 1.25rem } .inside .split > section > div { max-width: none }`,
};
