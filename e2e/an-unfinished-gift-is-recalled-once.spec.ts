import type { BrowserContext } from "@playwright/test";
import { chooseCustomAmount, expectThanksPage, giftForm, payAtCheckout, pressGiveButton, TEST_CARDS } from "./giving";
import { expectPressable } from "./pressable";
import { expect, firstArticlePath, type Locator, makeUniqueMailAddress, type Page, SITE_URL, test } from "./world";

const HOUR_MS = 60 * 60 * 1000;
const LINE = "You were about to give €7 a month. If that payment went through, there is nothing more to do.";

test("a reader who left the payment page finds the amount in the form once, some hours later", async ({
  page,
  context,
}) => {
  const article = await firstArticlePath(page);
  await goToPayment(page, article);

  await test.step("the form stays as it is while the gift may still be paid", async () => {
    const soon = await openLater(context, { path: article, hours: 1 });
    await expect(line(endOf(soon))).toBeHidden();
    expect(await kept(soon)).toMatchObject({ every: "month", currency: "EUR", amount: "7" });
    await soon.close();
  });

  await test.step("a link that names another amount wins", async () => {
    const linked = await openLater(context, { path: "/give?every=once&currency=USD&amount=30", hours: 5 });
    await expect(linked.getByRole("button", { name: "Give $30" })).toBeVisible();
    await expect(line(linked.getByRole("main"))).toBeHidden();
    await linked.close();
  });

  await test.step("later the article's form is filled in, with a quiet line", async () => {
    const later = await openLater(context, { path: article, hours: 5 });
    expect(await kept(later)).toMatchObject({ amount: "7" });
    await line(endOf(later)).scrollIntoViewIfNeeded();
    await expect(line(endOf(later))).toContainText(LINE, { useInnerText: true });
    await expect(endOf(later).getByRole("button", { name: "Give €7 monthly" })).toBeVisible();
    await expect(endOf(later).getByRole("group", { name: "How often" })).toHaveAccessibleDescription(LINE);
    await expect.poll(() => kept(later)).toBeUndefined();
    await later.close();
  });

  await test.step("the form is not filled in a second time", async () => {
    const again = await openLater(context, { path: article, hours: 6 });
    await endOf(again).scrollIntoViewIfNeeded();
    await expect(endOf(again).getByRole("button", { name: /^Give / })).toBeVisible();
    await expect(line(endOf(again))).toBeHidden();
    await again.close();
  });
});

test("the reader can make the form forget the unfinished gift, in the banner and on the page", async ({
  page,
  context,
}) => {
  await goToPayment(page, await firstArticlePath(page));
  const later = await openLater(context, { path: await firstArticlePath(page), hours: 5 });
  // On a phone the open form replaces the banner's other buttons.
  await later.setViewportSize({ width: 390, height: 740 });
  const banner = later.locator("[data-banner]");
  await later.getByRole("button", { name: "Show the appeal again" }).click();
  await expect(line(banner)).toContainText(LINE, { useInnerText: true });
  const forget = banner.getByRole("button", { name: "Forget it" });
  await expectPressable(forget);
  await forget.click();
  await expect(line(banner)).toBeHidden();
  await expect(banner.getByRole("radio", { name: "Monthly" })).toBeFocused();
  await expect(banner.getByLabel("Other amount")).toBeHidden();
  await expect(banner.getByRole("button", { name: "Give €10 monthly" })).toBeVisible();
  await later.keyboard.press("Escape");
  await endOf(later).scrollIntoViewIfNeeded();
  await expect(line(endOf(later))).toBeHidden();
  expect(await kept(later)).toBeUndefined();
});

test("a gift that was paid is never recalled", async ({ page, context }) => {
  await goToPayment(page, await firstArticlePath(page));
  await payAtCheckout(page, { email: makeUniqueMailAddress("not-recalled"), card: TEST_CARDS.paid });
  await expectThanksPage(page);
  await expect.poll(() => kept(page)).toBeUndefined();
  const later = await openLater(context, { path: "/give", hours: 5 });
  await expect(later.getByRole("button", { name: /^Give / })).toBeVisible();
  await expect(line(later.getByRole("main"))).toBeHidden();
});

async function goToPayment(page: Page, article: string): Promise<void> {
  await page.goto(article);
  await chooseCustomAmount(giftForm(page, endOf(page)), { frequency: "Monthly", customAmount: "7", currency: "EUR" });
  await pressGiveButton(page, "Give €7 monthly", endOf(page));
  await expect(page).toHaveURL(new RegExp(`^${SITE_URL}/give/pay`));
}

/**
 * Opens the page as if `hours` had passed. Waits until the network is idle: the script that fills in the unfinished
 * gift has then loaded.
 */
async function openLater(context: BrowserContext, { path, hours }: { path: string; hours: number }): Promise<Page> {
  const page = await context.newPage();
  await page.clock.setFixedTime(Date.now() + hours * HOUR_MS);
  await page.goto(path, { waitUntil: "networkidle" });
  return page;
}

function endOf(page: Page): Locator {
  return page.locator("[data-appeal-end]");
}

function line(within: Locator): Locator {
  return within.locator("[data-recall]");
}

function kept(page: Page): Promise<unknown> {
  return page.evaluate(() => JSON.parse(localStorage.getItem("appeal") ?? "{}").unfinished);
}
