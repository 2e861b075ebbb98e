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
    // When the reader scrolls near the form, the page's script guesses the currency and fetches the button's texts.
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

  for (const chosenBefore of [undefined, "JPY"])
    test(`keeps the currency of an amount typed before the script came${chosenBefore ? `, although they chose ${chosenBefore} before` : ""}`, async ({
      page,
    }) => {
      await page.addInitScript((currency) => {
        if (currency) localStorage.setItem("appeal", JSON.stringify({ currency }));
      }, chosenBefore);
      const release = await holdScript(page);
      await page.goto(await firstArticlePath(page), { waitUntil: "commit" });
      const form = giftForm(page, page.getByRole("main")).last();
      await chooseCustomAmount(form, { frequency: "Monthly", customAmount: "7" });
      await release();
      await expect(send(page)).toHaveText("Give $7 monthly");
      await expect(currency(page)).toHaveValue("USD");
    });

  test("is still offered euros after a gift, whose device selects “once”", async ({ page }) => {
    await rememberGift(page);
    await page.goto("/give");
    await expect(page.getByRole("radio", { name: "Once" })).toBeChecked();
    await expect(currency(page)).toHaveValue("EUR");
  });
});

test("a supporter keeps the frequency that they chose before the script came", async ({ page }) => {
  await rememberGift(page);
  const release = await holdScript(page);
  await page.goto("/give", { waitUntil: "commit" });
  await page.getByRole("radio", { name: "Yearly" }).check();
  await release();
  await expect(page.getByText("You give regularly already")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Yearly" })).toBeChecked();
});

test.describe("a reader with a British browser and a clock that tells nothing", () => {
  test.use({ timezoneId: "UTC", locale: "en-GB" });

  test("is offered pounds first", async ({ page }) => {
    await page.goto("/give");
    await expect(currency(page)).toHaveValue("GBP");
  });
});

/**
 * Blocks the page's script. Returns a function that waits until the page requests the script, and then lets it load.
 */
async function holdScript(page: Page): Promise<() => Promise<void>> {
  const waiting: (() => void)[] = [];
  await page.route(/\/reader-[0-9a-f]{10}\.js$/, async (route) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  return async () => {
    await expect.poll(() => waiting.length).toBe(1);
    for (const release of waiting) release();
  };
}

/** Makes the page's device remember a monthly gift that was given a minute ago. */
async function rememberGift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const at = Date.now() - 60_000;
    localStorage.setItem("appeal", JSON.stringify({ gift: { regular: true, at, lastVisitAt: at } }));
  });
}
