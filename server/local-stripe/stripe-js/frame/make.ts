type Facts = Record<string, string | boolean | undefined>;

/** An element with attributes and what is in it. What is undefined or false is left out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  facts: Facts = {},
  ...inner: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inner);
  return element;
}
