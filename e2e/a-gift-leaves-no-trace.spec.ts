import { chooseCustomAmount, expectThanksPage, giftForm, payAtCheckout, pressGiveButton, TEST_CARDS } from "./giving";
import { expect, firstArticlePath, makeUniqueMailAddress, type Page, STRIPE_STAND_IN_URL, test } from "./world";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The attributes that the server writes into every reader page if OUTLET_RISK is `high`. */
const HIGH_RISK = {
  neutral: "",
  manners: JSON.stringify({
    quietDaysAfter: { "not-now": 30, reminder: 30, "already-gave": 30, gift: 30 },
    quietHoursAfterLater: 0,
    daysBetweenViews: 8,
  }),
};

test("under high risk a gift leaves the same on the device as “not this time”, and no article thanks the reader", async ({
  page,
}) => {
  await page.addInitScript((written) => {
    const write = () => document.documentElement && Object.assign(document.documentElement.dataset, written);
    if (!write()) new MutationObserver(write).observe(document, { childList: true });
    // The device can have stored this before OUTLET_RISK became `high`.
    localStorage["monthly-offer"] ??= "no";
  }, HIGH_RISK);
  // If OUTLET_RISK is `high`, the server sends the reader to Stripe's own payment page. The tested server runs without this setting, so the test empties the form field `from`. Then the server also chooses Stripe's page.
  await page.route("**/give/start", async (route) => {
    const fields = new URLSearchParams(route.request().postData() ?? "");
    fields.set("from", "");
    await route.continue({ postData: fields.toString() });
  });
  const article = await firstArticlePath(page);

  const goToPayment = async () => {
    await page.goto(article);
    const main = page.getByRole("main");
    await chooseCustomAmount(giftForm(page, main), { frequency: "Monthly", customAmount: "5", currency: "EUR" });
    await pressGiveButton(page, "Give €5 monthly", main);
    await expect(page).toHaveURL(new RegExp(`^${STRIPE_STAND_IN_URL}/`));
  };

  await test.step("a gift whose form was sent and that was not paid leaves no amount", async () => {
    await goToPayment();
    await page.goto(article);
    const names = await page.evaluate(() =>
      [localStorage, sessionStorage].map((storage) => Object.keys(JSON.parse(storage.getItem("appeal") ?? "{}"))),
    );
    expect(names).toEqual([["quietUntil"], ["sentForms"]]);
  });

  await test.step("this tab's own thank-you page shows the amount", async () => {
    await goToPayment();
    await payAtCheckout(page, { email: makeUniqueMailAddress("traceless"), card: TEST_CARDS.paid });
    await expectThanksPage(page);
    await expect(page.getByText(/Your .*gift of €5/).first()).toBeVisible();
  });

  await test.step("the device keeps one date", async () => {
    await expect.poll(() => daysKept(page)).toBeCloseTo(30, 1);
    expect(await page.evaluate(() => Object.keys(JSON.parse(localStorage.getItem("appeal") ?? "{}")))).toEqual([
      "quietUntil",
    ]);
    expect(await page.evaluate(() => localStorage.length)).toBe(1);
  });

  await test.step("the article asks as it asks a stranger, and the banner's page names only a day", async () => {
    await page.goto(article);
    await expect(page.getByText("Thank you for paying for this")).toBeHidden();
    await expect(page.locator("[data-appeal-form]")).toHaveAttribute("open", "");
    expect(await page.evaluate(() => Object.keys(JSON.parse(localStorage.getItem("appeal") ?? "{}")))).toEqual([
      "quietUntil",
    ]);
    await page.goto("/banner-manners");
    await expect(page.getByText(/^It may be back after /)).toBeVisible();
    await expect(page.getByText("a regular gift was made from this device")).toBeHidden();
  });

  await test.step("another tab has no record of the sent form", async () => {
    const other = await page.context().newPage();
    await other.goto(article);
    expect(await other.evaluate(() => JSON.parse(sessionStorage.getItem("appeal") ?? "{}").sentForms ?? {})).toEqual(
      {},
    );
    await other.close();
  });
});

function daysKept(page: Page): Promise<number> {
  return page.evaluate(
    (dayMs) => (JSON.parse(localStorage.getItem("appeal") ?? "{}").quietUntil - Date.now()) / dayMs,
    DAY_MS,
  );
}
