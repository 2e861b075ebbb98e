// Checks pages for WCAG 2.2 AA, as far as a machine can.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import type { RunOnly } from "axe-core";
import { isFullRun } from "./world";

/**
 * The source of axe. Every checked page compiles it, so it is minified and contains only ASCII. V8 compiles ASCII text
 * in half the time and keeps it in half the memory.
 */
const axeSource = escapeBeyondAscii(
  readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
);

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules whose result can differ in another colour scheme, or in a narrow window, which shows other controls. */
const OF_LOOKS = [
  ...["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus"],
  ...["button-name", "input-button-name", "label", "link-name", "select-name", "summary-name"],
];
/**
 * No rule depends on the combination of colour scheme and width. So it is enough to check each colour scheme and each
 * width once.
 */
const LOOKS: { colorScheme: "light" | "dark"; width: number; rules?: string[] }[] = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320, rules: OF_LOOKS },
];
/**
 * The rows of a table from the seventh on, except the last. They are not checked: all rows have one template, and
 * checking all of a long table takes seconds.
 */
const FURTHER_ROWS = "tbody tr:nth-child(n + 7):not(:last-child)";
const WINDOWS = [
  { width: 768, textSize: "100%" },
  { width: 390, textSize: "200%" },
];

function escapeBeyondAscii(script: string): string {
  return script.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Checks the page with axe. Also checks in windows of several widths that the page is not wider than the window. Call
 * this function once for each kind of page, not for each URL.
 */
export async function expectAccessibleAtAllWidths(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  // For newsroom pages, the usual run skips the accessibility check in the dark colour scheme. tokens.test.ts checks
  // the contrast of the colours, which the newsroom shares with the readers' pages.
  const isLookedAtOnce = !isFullRun && new URL(page.url()).pathname.startsWith("/newsroom");
  for (const { colorScheme, width, rules } of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (!isLookedAtOnce || !rules) await expectAccessible(page, `${name}, ${width} px, ${colorScheme}`, { rules });
    await expectNoWider(page, { name, width, textSize: "100%" });
  }
  await expectToFit(page, name, WINDOWS);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}

/** Waits for styles and fonts. Playwright reports a heading as visible even before they have loaded. */
export async function waitUntilRendered(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.evaluate(async () => void (await document.fonts.ready));
}

/**
 * Expects that axe finds no fault in the page. `tags`: groups of axe's rules to run in addition to WCAG. `rules`: runs
 * only these rules.
 */
export async function expectAccessible(
  page: Page,
  name: string,
  { tags = [], rules }: { tags?: string[]; rules?: string[] | undefined } = {},
): Promise<void> {
  const runOnly: RunOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: [...WCAG, ...tags] };
  await page.waitForLoadState("load");
  const hasAxe = await page.evaluate(async () => {
    await document.fonts.ready;
    return "axe" in window;
  });
  // Loads axe only once into each document, because its source is half a megabyte.
  if (!hasAxe) await page.evaluate(axeSource);
  const violations = await page.evaluate(
    async ({ runOnly, context }) => {
      // Waits for animations: colours that are still changing would cause false violations.
      await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(context, {
        runOnly,
        resultTypes: ["violations"],
        // axe is not loaded into frames. Without this option it would wait half a second for an answer from each frame.
        iframes: false,
      });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`);
    },
    { runOnly, context: { include: ["html"], exclude: [FURTHER_ROWS] } },
  );
  expect(violations, name).toEqual([]);
}

/**
 * Expects that the page is not wider than the window, at several widths and with larger text (WCAG 1.4.10 and 1.4.4).
 */
export async function expectFitAtAllWidths(page: Page, name: string): Promise<void> {
  await waitUntilRendered(page);
  await expectToFit(page, name, [...LOOKS.map(({ width }) => ({ width, textSize: "100%" })), ...WINDOWS]);
}

async function expectToFit(page: Page, name: string, windows: typeof WINDOWS): Promise<void> {
  for (const window of windows) await expectNoWider(page, { name, ...window });
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
}

type Window = { name: string; width: number; textSize: string };

async function expectNoWider(page: Page, { name, width, textSize }: Window): Promise<void> {
  if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 900 });
  const excess = () =>
    page.evaluate((size) => {
      document.documentElement.style.setProperty("font-size", size);
      return document.documentElement.scrollWidth - innerWidth;
    }, textSize);
  // Measures repeatedly, because the newsroom's chart adapts to a new width a moment later.
  await expect
    .poll(excess, { message: `${name} at ${width} px, text ${textSize}, is wider than the window` })
    .toBeLessThanOrEqual(0);
}

/** The smallest height of a link that stands alone on its line (WCAG 2.2, 2.5.8). */
const SMALLEST_TARGET_PX = 24;

/**
 * Expects that on a small phone no table or box scrolls sideways. Expects that a link without text around it is at
 * least SMALLEST_TARGET_PX high. With text twice as large, the page must still not be wider than the window.
 */
export async function expectFitForPhone(page: Page, name: string): Promise<void> {
  await waitUntilRendered(page);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const faults = await page.getByRole("main").evaluate((main, smallest) => {
    const scrolled = [...main.querySelectorAll("*")].filter(
      (part) => getComputedStyle(part).overflowX === "auto" && part.scrollWidth > part.clientWidth,
    );
    const low = [...main.querySelectorAll("a")].filter((link) => {
      const isAlone = link.parentElement?.textContent?.trim() === link.textContent?.trim();
      return isAlone && link.checkVisibility() && link.getBoundingClientRect().height < smallest;
    });
    return [...scrolled, ...low].map((part) => part.outerHTML.slice(0, 120));
  }, SMALLEST_TARGET_PX);
  expect(faults, name).toEqual([]);
  await expectNoWider(page, { name, width: 360, textSize: "200%" });
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  if (before) await page.setViewportSize(before);
}
