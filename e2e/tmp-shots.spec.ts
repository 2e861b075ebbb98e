import { checkoutOn, giftForm, pressGive } from "./giving";
import { expect, firstArticle, test } from "./world";

test("shots", async ({ page }) => {
  await page.goto(await firstArticle(page));
  await pressGive(page, /^Give/, page.getByRole("main"));
  await expect((await checkoutOn(page)).getByLabel("Card number")).toBeVisible();
  for (const [w, name] of [
    [390, "phone"],
    [1280, "desk"],
  ] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width: w, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: `/tmp/giving-pay-${name}-${colorScheme}.png`, fullPage: true });
    }
});
