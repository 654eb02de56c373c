import type { Appearance } from "@stripe/stripe-js";

type Variables = Record<string, string>;

const BOTH: Variables = {
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontSizeBase: "16px",
  fontLineHeight: "1.4",
  fontWeightNormal: "400",
  fontWeightMedium: "500",
  spacingUnit: "4px",
  borderRadius: "5px",
  colorSuccess: "#0f7b3f",
};

const THEMES: Record<"stripe" | "night" | "flat", Variables> = {
  stripe: {
    colorPrimary: "#0570de",
    colorBackground: "#ffffff",
    colorText: "#2b2d36",
    colorTextSecondary: "#5d606b",
    colorTextPlaceholder: "#6f717b",
    colorDanger: "#c0123c",
    inputColorBorder: "#8a8d99",
  },
  night: {
    colorPrimary: "#8fd8a8",
    colorBackground: "#2a2c34",
    colorText: "#f5f6f8",
    colorTextSecondary: "#b7bac4",
    colorTextPlaceholder: "#9b9eaa",
    colorDanger: "#ff9aae",
    inputColorBorder: "#7b7e8b",
  },
  flat: {
    colorPrimary: "#2b2d36",
    colorBackground: "#eeeff2",
    colorText: "#2b2d36",
    colorTextSecondary: "#5d606b",
    colorTextPlaceholder: "#676a75",
    colorDanger: "#c0123c",
    inputColorBorder: "transparent",
  },
};

/** The theme's values, with what the page wants instead. A later one may name an earlier one's colour by leaving it out. */
export function variablesOf({ theme = "stripe", variables }: Appearance): Variables {
  const wanted = Object.fromEntries(
    Object.entries(variables ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const all = { ...BOTH, ...(THEMES[theme] ?? THEMES.stripe), ...wanted };
  const row = all.gridRowSpacing ?? all.spacingGridRow ?? `calc(${all.spacingUnit} * 3)`;
  const column = all.gridColumnSpacing ?? all.spacingGridColumn ?? `calc(${all.spacingUnit} * 3)`;
  return {
    ...all,
    gridRowSpacing: row,
    gridColumnSpacing: column,
    fontSizeSm: all.fontSizeSm ?? `calc(${all.fontSizeBase} * 0.9)`,
    fontSizeXs: all.fontSizeXs ?? `calc(${all.fontSizeBase} * 0.8)`,
    labelFontSize: all.labelFontSize ?? all.fontSizeSm ?? `calc(${all.fontSizeBase} * 0.9)`,
    labelFontWeight: all.labelFontWeight ?? all.fontWeightNormal ?? "400",
    labelColorText: all.labelColorText ?? all.colorText ?? "inherit",
    inputFocusColorBorder: all.inputFocusColorBorder ?? all.colorPrimary ?? "currentColor",
    focusBoxShadow: all.focusBoxShadow ?? `0 0 0 1px ${all.colorPrimary}`,
    inputBoxShadow: all.inputBoxShadow ?? "none",
  };
}

/** Browsers paint a frame opaque where its colour scheme is not that of the page around it, so both ends ask here. */
export function schemeOf(appearance: Appearance): "light" | "dark" {
  const canvas = document.createElement("canvas").getContext("2d");
  if (!canvas) return "light";
  canvas.fillStyle = "#ffffff";
  canvas.fillRect(0, 0, 1, 1);
  canvas.fillStyle = variablesOf(appearance).colorBackground ?? "#ffffff";
  canvas.fillRect(0, 0, 1, 1);
  const [red = 255, green = 255, blue = 255] = canvas.getImageData(0, 0, 1, 1).data;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110 ? "dark" : "light";
}
