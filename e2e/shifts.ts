// The sum of the layout shifts on a page, as browsers report them.
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    shifted: number;
  }
}

/** Before the page opens. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifted += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

export function sumOfShifts(page: Page): Promise<number> {
  return page.evaluate(() => window.shifted);
}
