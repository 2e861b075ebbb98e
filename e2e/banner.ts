import type { Locator, Page } from "@playwright/test";

/**
 * This is longer than WAIT_FOR_PAINT_MS in components/browser/inline.ts, the time that a loaded page waits before it
 * loads its script.
 */
const START_MS = 200;
/** This is longer than the time for which a reader must read before the banner appears. */
const READING_MS = 12_000;

/**
 * Opens the article and reads until the banner may appear. Call it before the page has shown a banner, because it
 * installs a fake clock.
 */
export async function readUntilBannerAppears(page: Page, articlePath: string): Promise<void> {
  await page.clock.install();
  await page.goto(articlePath);
  await scrollAndPassBannerDelay(page);
}

/**
 * Scrolls the open article and advances its fake clock (page.clock.install) until the banner may appear. runFor() comes
 * first, because the page's script must already count the seconds when fastForward() runs.
 */
export async function scrollAndPassBannerDelay(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight * 0.3));
  await page.clock.runFor(START_MS);
  await page.clock.fastForward(READING_MS);
}

export function bannerOn(page: Page): Locator {
  return page.getByRole("region", { name: "An appeal from the newsroom" }).and(page.locator("[data-banner]"));
}
