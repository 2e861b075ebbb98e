import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { publication } from "@/publication";
import { buildAccentColorCss } from "@/tools/build/reader-styles.mjs";
import { currenciesOf } from "../../domain/publication";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const DARK = "@media (prefers-color-scheme: dark)";
const tokens = ["tokens.css", "more-tokens.css"].map((file) => read(file).split(DARK));
const [light, dark] = [0, 1].map((scheme) => tokens.map((parts) => parts[scheme] ?? "").join("")) as [string, string];

function coloursIn(css: string, accent: string): (name: string) => string {
  return (name) => (name === "accent" ? accent : (new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1] ?? ""));
}

/** Returns the contrast of two colours, as WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe.each([
  ["light", coloursIn(light, publication.accent.light)],
  ["dark", coloursIn(dark, publication.accent.dark)],
])("%s", (_, colour) => {
  test.each(["ink", "ink-soft", "accent", "good", "bad"])(
    "text in %s has enough contrast on both backgrounds",
    (ink) => {
      expect(contrast(colour(ink), colour("paper"))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour(ink), colour("paper-raised"))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("the text of a button has enough contrast", () => {
    expect(contrast(colour("accent-ink"), colour("accent"))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["focus", "rule-strong"])("%s, a colour of controls, has enough contrast on both backgrounds", (line) => {
    expect(contrast(colour(line), colour("paper"))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour(line), colour("paper-raised"))).toBeGreaterThanOrEqual(3);
  });
});

test("a preview in the dark scheme has the colours of dark mode", () => {
  const declared = (css: string) => [...css.matchAll(/--[\w-]+: [^;]+;/g)].map(([text]) => text);
  const blocks = [...dark.matchAll(/:root:not\(\[data-scheme="light"\]\) \{([^}]*)\}/g)].map(([, block]) => block);
  const [, forced = ""] = /:root\[data-scheme="dark"\] \{([^}]*)\}/.exec(read("scheme.css")) ?? [];
  expect(blocks).toHaveLength(2);
  expect(declared(forced).sort()).toEqual(declared(blocks.join("")).sort());
  expect(declared(forced).length).toBeGreaterThan(5);
});

test("the stylesheet's accent colour is the publication's", async () => {
  expect(read("accent.css"), "npm run build writes it from publication.ts").toBe(await buildAccentColorCss());
});

test("the stylesheet has rules for every currency that the publication takes", () => {
  expect(read("giving.css")).toContain(`.by-currency > :not(:nth-child(${currenciesOf(publication).length}))`);
});
