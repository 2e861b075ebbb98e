import { readFileSync } from "node:fs";
import { join } from "node:path";
import Color from "colorjs.io";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

export type ColorScheme = "light" | "dark";

/**
 * The smallest contrast of text (WCAG 2.2, 1.4.3). Links are written in the accent colour, and buttons have text on it.
 */
export const MIN_CONTRAST = 4.5;
/** The contrast that proposeAccent() aims for. It is slightly above MIN_CONTRAST. */
const PROPOSED_CONTRAST = 5;
const STEP = 0.01;

function neighboursOf(scheme: ColorScheme): string[] {
  const sheets = ["tokens.css", "more-tokens.css"].map((file) =>
    readFileSync(join(REPOSITORY_ROOT, "components/style", file), "utf8").split("@media (prefers-color-scheme: dark)"),
  );
  const [light, dark] = [0, 1].map((part) => sheets.map((parts) => parts[part] ?? "").join("")) as [string, string];
  return ["paper", "paper-raised", "accent-ink"].map((name) => {
    const [, colour] = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(scheme === "light" ? light : dark) ?? [];
    if (!colour) throw new Error(`components/style has no --${name} for the ${scheme} scheme`);
    return colour;
  });
}

export function lowestContrastOf(accent: string, scheme: ColorScheme): number {
  const colour = new Color(accent);
  return Math.min(...neighboursOf(scheme).map((other) => colour.contrast(new Color(other), "WCAG21")));
}

/** Returns the accent colour, made darker for the light scheme or lighter for the dark scheme until it is readable. */
export function proposeAccent(accent: string, scheme: ColorScheme): string {
  const colour = new Color(accent).to("oklch");
  const direction = scheme === "light" ? -STEP : STEP;
  for (let lightness = colour.l ?? 0.5; lightness > 0 && lightness < 1; lightness += direction) {
    const hex = toHex(lightness, colour);
    if (lowestContrastOf(hex, scheme) >= PROPOSED_CONTRAST) return hex;
  }
  return scheme === "light" ? "#000000" : "#ffffff";
}

function toHex(lightness: number, { c, h }: Color): string {
  const colour = new Color("oklch", [lightness, c ?? 0, h ?? 0]);
  return colour.to("srgb").toGamut({ space: "srgb", method: "css" }).toString({ format: "hex", collapse: false });
}
