import { expectPressable } from "./pressable";
import { expectFitForPhone, expectReadable, expectReflow } from "./readable";
import { SUPPORTER } from "./signed-in";
import { expect, firstArticlePath, type Locator, type Page, test } from "./world";

test("everyone can read an article and the banner over it", async ({ page }) => {
  await page.goto("/");
  await expectReadable(page, "the front page");
  await page.goto(await firstArticlePath(page));
  await expectReadable(page, "an article");
  const again = page.getByRole("button", { name: "Show the appeal again" });
  await expectPressable(again);
  await again.click();
  await expectReadable(page, "an article with the banner open");
});

test("everyone can read the gift form, its refusals, and the page of an unknown gift", async ({ page }) => {
  await page.goto("/give");
  await expectReflow(page, "the gift form");
  await expectFitForPhone(page, "the gift form");
  await page.goto("/give?problem=unreachable&every=year&amount=0.4&currency=KWD");
  await expect(page.getByLabel("Other amount")).toHaveAccessibleDescription(/smallest gift we can take/);
  // A forged link must not show an error.
  await expect(page.getByText("Stripe did not answer.")).toHaveCount(0);
  await expectReadable(page, "the gift form with its refusals");
  await page.goto("/about-your-gift");
  await expectReadable(page, "about your gift");
  await page.goto("/thank-you");
  await expectReadable(page, "thanks for an unknown gift");
});

test.describe(() => {
  test.use({ storageState: SUPPORTER.storageState });

  test("everyone can read the supporters' area", async ({ page }) => {
    await page.goto("/supporters");
    await expect(page.getByRole("heading", { level: 1, name: "For supporters" })).toBeVisible();
    await expectReadable(page, "/supporters");
    await expectFitForPhone(page, "/supporters");
    const letters = page.getByRole("region", { name: "Letters from the newsroom" });
    const pages = {
      "a receipt": page.getByRole("link", { name: /^Receipt/ }),
      "a recurring gift": page.getByRole("link", { name: "Manage this gift" }),
      "cancel?": page.getByRole("link", { name: /^Cancel$/ }),
      "a letter": letters.getByRole("link"),
    };
    for (const [name, links] of Object.entries(pages)) {
      await page.goto("/supporters");
      await follow(page, links);
      // Opens the first change that the page offers.
      if (name === "a recurring gift") await page.locator("summary").first().click();
      await expectReadable(page, name);
      await expectFitForPhone(page, name);
    }
  });
});

/** Waits until the page has replaced the current one, so that axe checks only the new page. */
async function follow(page: Page, links: Locator): Promise<void> {
  const from = page.url();
  await links.first().click();
  await page.waitForURL((url) => url.href !== from);
}
