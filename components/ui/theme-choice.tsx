"use client";

import { useState } from "react";
import { Choice } from "./choice";
import { parseTheme, THEME_COOKIE, type Theme } from "./theme";

const ONE_YEAR_SECONDS = 31_536_000;

export const themes = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function ThemeChoice({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);

  const choose = (value: string) => {
    const chosen = parseTheme(value);
    setTheme(chosen);
    applyTheme(chosen);
  };

  return <Choice label="Theme" options={themes} value={theme} onChange={choose} />;
}

/** Changes the page at once, and every page after it. */
export function applyTheme(theme: Theme): void {
  remember(theme);
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** The server reads it for the next page, so the first paint is already right. */
function remember(theme: Theme): void {
  const age = theme === "system" ? 0 : ONE_YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from Firefox and Safari.
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${age}; samesite=lax`;
}
