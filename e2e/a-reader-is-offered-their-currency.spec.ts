import { chooseCustomAmount, giftForm } from "./giving";
import { expect, firstArticlePath, type Page, test } from "./world";

const currency = (page: Page) => giftForm(page, page.getByRole("main")).last().getByLabel("Currency");
const send = (page: Page) => giftForm(page, page.getByRole("main")).last().getByRole("button", { name: /^Give/ });

test.describe("a reader in Berlin", () => {
  test.use({ timezoneId: "Europe/Berlin", locale: "en-US" });

  test("is offered euros first; the page is the same for everyone, a currency in the URL wins, and the reader's choice is kept", async ({
    page,
    request,
  }) => {
    const article = await firstArticlePath(page);
    await page.goto(article);
    // When the reader comes near the form, the script guesses the currency and fetches the button's texts.
    await currency(page).scrollIntoViewIfNeeded();
    await expect(currency(page)).toHaveValue("EUR");
    await expect(send(page)).toHaveText("Give €10 monthly");
    expect(await (await request.get(article)).text()).toContain('<option value="USD" selected="">');

    await page.goto("/give?currency=GBP&every=once");
    await expect(currency(page)).toHaveValue("GBP");

    await page.goto("/give");
    await expect(currency(page)).toHaveValue("EUR");
    await currency(page).selectOption("JPY");
    await page.goto(article);
    await expect(currency(page)).toHaveValue("JPY");
    await currency(page).scrollIntoViewIfNeeded();
    await expect(send(page)).toHaveText("Give ¥1,500 monthly");
  });

  test("keeps the currency of an amount that they typed before the script came", async ({ page }) => {
    const waiting: (() => void)[] = [];
    await page.route(/\/reader-\w+\.js$/, async (route) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await route.continue();
    });
    await page.goto(await firstArticlePath(page), { waitUntil: "commit" });
    const form = giftForm(page, page.getByRole("main")).last();
    await chooseCustomAmount(form, { frequency: "Monthly", customAmount: "7" });
    await expect.poll(() => waiting.length).toBe(1);
    for (const release of waiting) release();
    await expect(send(page)).toHaveText("Give $7 monthly");
    await expect(currency(page)).toHaveValue("USD");
  });
});

test.describe("a reader with a British browser and a clock that tells nothing", () => {
  test.use({ timezoneId: "UTC", locale: "en-GB" });

  test("is offered pounds first", async ({ page }) => {
    await page.goto("/give");
    await expect(currency(page)).toHaveValue("GBP");
  });
});
