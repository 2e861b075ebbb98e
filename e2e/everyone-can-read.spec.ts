import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths, expectFitAtAllWidths, expectFitForPhone } from "./readable";
import { SIGNED_IN_SUPPORTER } from "./signed-in";
import { expect, firstArticlePath, type Locator, test } from "./world";

test("everyone can read an article and the banner over it", async ({ page }) => {
  await page.goto("/");
  await expectAccessibleAtAllWidths(page, "the front page");
  await page.goto(await firstArticlePath(page));
  await expectAccessibleAtAllWidths(page, "an article");
  const again = page.getByRole("button", { name: "Show the appeal again" });
  await expectPressable(again);
  await again.click();
  await expectAccessibleAtAllWidths(page, "an article with the banner open");
});

test("everyone can read the gift form, its refusals, and the page of an unknown gift", async ({ page }) => {
  await page.goto("/give");
  await expectFitAtAllWidths(page, "the gift form");
  await expectFitForPhone(page, "the gift form");
  await page.goto("/give?problem=unreachable&every=year&amount=0.4&currency=KWD");
  await expect(page.getByLabel("Other amount")).toHaveAccessibleDescription(/smallest gift we can take/);
  // The URL claims that Stripe could not be reached. Anybody can write such a link, so the page must not show the
  // error.
  await expect(page.getByText("Stripe did not answer.")).toHaveCount(0);
  await expectFitAtAllWidths(page, "the gift form with its refusals");
  await page.goto("/about-your-gift");
  await expectAccessibleAtAllWidths(page, "about your gift");
  await page.goto("/thank-you");
  await expect(page.locator(".thanks > p").first()).toHaveCSS("font-family", /^"?appeal serif/);
  await expectAccessibleAtAllWidths(page, "thanks for an unknown gift");
});

test.describe(() => {
  test.use({ storageState: SIGNED_IN_SUPPORTER.storageState });

  test("everyone can read the supporters' area", async ({ page }) => {
    await page.goto("/supporters");
    await expect(page.getByRole("heading", { level: 1, name: "Your page" })).toBeVisible();
    await expectFitAtAllWidths(page, "/supporters");
    await expectFitForPhone(page, "/supporters");
    const letters = page.getByRole("region", { name: "Letters from the newsroom" });
    // Leaves out states of these pages that other tests check: a receipt with a message, a letter between two other
    // letters, and the supporter's page with a feed of letters.
    const pages = [
      {
        name: "a receipt",
        path: await pathOf(page.getByRole("link", { name: /^Receipt/ })),
        expectIt: expectFitAtAllWidths,
      },
      { name: "a recurring gift", path: await pathOf(page.getByRole("link", { name: "Manage this gift" })) },
      { name: "cancel?", path: await pathOf(page.getByRole("link", { name: /^Cancel$/ })) },
      { name: "a letter", path: await pathOf(letters.getByRole("link")), expectIt: expectFitAtAllWidths },
    ];
    for (const { name, path, expectIt = expectAccessibleAtAllWidths } of pages) {
      await page.goto(path);
      // On a gift's page, opens the form for the first change that the page offers.
      if (name === "a recurring gift") await page.locator("summary").first().click();
      await expectIt(page, name);
      await expectFitForPhone(page, name);
    }
  });
});

async function pathOf(links: Locator): Promise<string> {
  return (await links.first().getAttribute("href")) ?? "";
}
