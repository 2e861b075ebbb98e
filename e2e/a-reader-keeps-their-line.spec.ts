import { expect, firstArticlePath, test } from "./world";

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

// For example, typefaces that arrive late can make a paragraph above the line longer.
test("the line that a reader reads stays where it is when the text above it grows", async ({ page }) => {
  const article = await firstArticlePath(page);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(article);
    const paragraphs = page.locator(".prose > p");
    const read = paragraphs.nth(6);
    const top = () => read.evaluate((element) => Math.round(element.getBoundingClientRect().top));
    await read.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 300));
    await expect.poll(top).toBe(300);
    const before = await page.evaluate(() => scrollY);
    await paragraphs.nth(1).evaluate((element: HTMLElement) => {
      element.style.paddingBlockEnd = "60px";
    });
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(before + 60);
    expect(await top()).toBe(300);
  }
});
