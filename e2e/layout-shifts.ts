import type { Page } from "@playwright/test";

declare global {
  interface Window {
    shifted: number;
  }
}

/** Makes each page that is opened after this call add up its layout shifts. */
export async function watchLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifted += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/**
 * Returns how much the page has moved by itself: its cumulative layout shift, zero if nothing moved. Waits two frames,
 * because the browser reports a shift after the frame that shows it.
 */
export function layoutShiftOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve));
    return window.shifted;
  });
}
