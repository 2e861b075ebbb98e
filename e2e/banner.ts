import type { Locator, Page } from "@playwright/test";

/** After this time a loaded page loads its script (components/browser/inline.ts). */
const START_MS = 200;
/** Longer than the banner waits. */
const READING_MS = 12_000;

/** Needs a page without a banner so far, because it installs a clock. */
export async function readUntilAsked(page: Page, article: string): Promise<void> {
  await page.clock.install();
  await page.goto(article);
  await readOn(page);
}

/** Needs the page's own clock. Without the first step, the jump would end before the script begins to count the seconds. */
export async function readOn(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight * 0.3));
  await page.clock.runFor(START_MS);
  await page.clock.fastForward(READING_MS);
}

export function bannerOn(page: Page): Locator {
  return page.getByRole("region", { name: "An appeal from the newsroom" }).and(page.locator("[data-banner]"));
}
