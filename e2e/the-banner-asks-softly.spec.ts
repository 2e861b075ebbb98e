import { expect, firstArticle, type Page, test } from "./world";

declare global {
  interface Window {
    shifted: number;
  }
}

const wait = 12_000;

/** Reads on, as long as it takes the banner to come, without waiting for it: the clock is ours. */
async function readUntilAsked(page: Page, article: string): Promise<void> {
  await page.clock.install();
  await page.goto(article);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight * 0.3));
  await page.clock.fastForward(wait);
}

function banner(page: Page) {
  return page.getByRole("region", { name: "An appeal from the newsroom" }).and(page.locator("[data-banner]"));
}

test("the banner comes without moving a single line", async ({ page }) => {
  const article = await firstArticle(page);
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifted += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await readUntilAsked(page, article);
  await expect(banner(page)).toBeVisible();
  await page.clock.runFor(1_000);
  expect(await page.evaluate(() => window.shifted)).toBe(0);
});

for (const [how, close] of Object.entries({
  "the Escape key": (page: Page) => page.keyboard.press("Escape"),
  "one click": (page: Page) => banner(page).getByRole("button", { name: "Not now" }).click(),
}))
  test(`the banner closes by ${how} and stays closed`, async ({ page }) => {
    const article = await firstArticle(page);
    await readUntilAsked(page, article);
    await expect(banner(page)).toBeVisible();
    await close(page);
    await expect(banner(page)).toBeHidden();
    await page.reload();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight * 0.3));
    await page.clock.fastForward(wait);
    await expect(banner(page)).toBeHidden();
  });

test("the banner never covers what has the focus", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 740 });
  await readUntilAsked(page, await firstArticle(page));
  await expect(banner(page)).toBeVisible();
  const stops = await page.locator("main a, main button, main input, footer a").count();
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press("Tab");
    expect(await isFocusCovered(page)).toBe(false);
  }
});

test("the banner does not ask on the pages where one gives, signs in or is thanked", async ({ page }) => {
  for (const place of ["/give", "/sign-in", "/thank-you"]) {
    await page.goto(place);
    await expect(page.locator("[data-banner]")).toHaveCount(0);
  }
});

test("whoever closed the banner can open it again at the foot of the page", async ({ page }) => {
  const article = await firstArticle(page);
  await readUntilAsked(page, article);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show the appeal again" }).click();
  await expect(banner(page)).toBeVisible();
});

/** Whether the middle of the focused element lies under the banner. */
function isFocusCovered(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    const banner = document.querySelector("[data-banner]");
    if (!focused || !banner || banner.contains(focused) || focused === document.body) return false;
    const own = focused.getBoundingClientRect();
    const over = banner.getBoundingClientRect();
    return (
      over.height > 0 &&
      own.bottom > over.top &&
      own.top < over.bottom &&
      own.right > over.left &&
      own.left < over.right
    );
  });
}
