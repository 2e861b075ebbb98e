import { expect, firstArticlePath, type Page, test, testInFullRun } from "./world";

const SIZES = [
  { width: 360, height: 640 },
  { width: 1440, height: 900 },
];
const STYLESHEET = /\/_next\/static\/.+\.css$/;

for (const language of ["en", "ru"] as const)
  for (const colorScheme of ["light", "dark"] as const) {
    // The usual run tests each language and each colour scheme once; the full run tests every combination.
    const isUsual = (language === "en") === (colorScheme === "light");
    (isUsual ? test : testInFullRun)(
      `an article in ${language} looks the same before its stylesheet has come, in a ${colorScheme} scheme`,
      async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        // Keeps the page's script from running: it would change the fonts after the page has loaded.
        await page.addInitScript(() => addEventListener("load", (event) => event.stopImmediatePropagation()));
        const waiting: (() => void)[] = [];
        await page.route(STYLESHEET, async (route) => {
          await new Promise<void>((resolve) => waiting.push(resolve));
          await route.continue();
        });
        const article = await firstArticlePath(page, language);
        for (const size of SIZES) {
          await page.setViewportSize(size);
          await page.goto(article, { waitUntil: "commit" });
          await expect(page.locator(".prose > p").last()).toBeVisible();
          await expect.poll(() => waiting.length).toBe(1);
          const before = await looksOf(page);
          expect(before.length).toBeGreaterThan(15);
          for (const release of waiting.splice(0)) release();
          await page.waitForLoadState("load");
          await expect(page.locator(".footer")).toHaveCSS("border-block-start-style", "double");
          expect(await looksOf(page)).toEqual(before);
        }
      },
    );
  }

/**
 * Returns the place, the size and the computed styles of each element of the masthead and the article. Of the body,
 * returns only its left edge, width, colours and font.
 */
function looksOf(page: Page): Promise<string[]> {
  return page.locator("body, .skip-link, .masthead, .masthead *, .article, .article *").evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      // Leaves out the height and the vertical position of the body, because they depend on what follows the article.
      const place = element === document.body ? [x, width] : [x, y, width, height];
      const style = getComputedStyle(element);
      const looks = [...style].filter((name) => !name.startsWith("--")).map((name) => style.getPropertyValue(name));
      const own = element === document.body ? [style.color, style.backgroundColor, style.fontFamily] : looks;
      return `${element.tagName}.${element.className} ${place.map(Math.round).join(" ")} ${own.join(" | ")}`;
    }),
  );
}
