export const THEME_COOKIE = "theme";

export type Theme = "system" | "light" | "dark";

export const parseTheme = (value: string | undefined): Theme =>
  value === "light" || value === "dark" ? value : "system";
