import {
  chooseCustomAmount,
  expectThanksPage,
  giftForm,
  payAtCheckout,
  pressGiveButton,
  TEST_CARDS,
  waitForCheckout,
} from "./giving";
import { listMailsTo, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { stripeClient } from "./stripe";
import { expect, firstArticlePath, makeUniqueMailAddress, type Page, STRIPE_STAND_IN_URL, test } from "./world";

// The browser logs errors for the response to a declined card (status 402) and for a script that one of these tests
// blocks.
test.use({ expectedProblems: [/status of 402|net::ERR_FAILED/] });

async function giveInArticle(page: Page, amount: string): Promise<void> {
  const main = page.getByRole("main");
  await chooseCustomAmount(giftForm(page, main), { frequency: "Once", customAmount: amount, currency: "EUR" });
  await pressGiveButton(page, `Give €${amount}`, main);
}

const giftIn = (text: string) => /g_[0-9a-f]{32}/.exec(text)?.[0] ?? "";

async function openCheckoutsOf(giftId: string): Promise<number> {
  const open = await stripeClient().checkout.sessions.list({ status: "open", limit: 100 });
  return open.data.filter((session) => session.client_reference_id === giftId).length;
}

test("a reader pays without leaving the site, and one press leads back to the same place in the article", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("on-our-page");
  const article = await firstArticlePath(page);
  const backToArticle = page.getByRole("link", { name: "Back to the article" });
  let placePx = 0;

  await test.step("the article's policy knows nothing of Stripe's script", async () => {
    const headers = (await page.goto(article))?.headers() ?? {};
    expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'sha256-[\w+/]+=';/);
    expect(headers["content-security-policy"]).not.toContain("frame-src");
    expect(headers["permissions-policy"]).toContain("payment=()");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  });

  await test.step("gives in the article, and Stripe's form opens on a page of ours", async () => {
    await giveInArticle(page, "7");
    await expect(page.getByRole("heading", { level: 1, name: "Your gift: €7", exact: true })).toBeVisible();
    await expect((await waitForCheckout(page)).getByLabel("Card number")).toBeVisible();
    await expect(page.getByText("Opening Stripe’s payment form…")).toBeHidden();
    await expect(page).toHaveURL(/\/give\/pay\?gift=g_[0-9a-f]{32}$/);
    await expect(page).toHaveTitle("Payment");
    expect(await page.evaluate(() => document.referrer)).toBe("");
  });

  await test.step("that page's policy lets Stripe's script, form and wallets in, and nobody else's", async () => {
    const headers = (await page.reload())?.headers() ?? {};
    expect(headers["content-security-policy"]).toMatch(
      new RegExp(`script-src 'self' ${STRIPE_STAND_IN_URL} 'sha256-[^ ]+';`),
    );
    expect(headers["content-security-policy"]).toContain(`frame-src ${STRIPE_STAND_IN_URL};`);
    expect(headers["permissions-policy"]).toContain(`payment=(self "${STRIPE_STAND_IN_URL}")`);
    expect(headers["cache-control"]).toContain("no-store");
    expect(await openCheckoutsOf(giftIn(page.url())), "after a reload").toBe(1);
  });

  await test.step("a card is declined; the reader goes back and finds their place", async () => {
    await payAtCheckout(page, { email, card: TEST_CARDS.declined });
    const alert = (await waitForCheckout(page)).getByRole("alert");
    await expect(alert).toContainText("declined");
    await expect(alert).toBeFocused();
    await expectPressable(backToArticle);
    await backToArticle.click();
    await expect(page).toHaveURL(new RegExp(`${article}$`));
    await expect(giftForm(page, page.getByRole("main"))).toBeInViewport();
    placePx = await page.evaluate(() => scrollY);
    expect(placePx).toBeGreaterThan(500);
  });

  await test.step("gives after all, and is thanked once", async () => {
    await giveInArticle(page, "8");
    await payAtCheckout(page, { email, card: TEST_CARDS.paid });
    await expectThanksPage(page);
    await expect(page.getByText("Your gift of €8 has arrived.")).toBeVisible();
    await waitForMail(email, "thanks");
  });

  await test.step("the browser's way back does not offer the paid form again", async () => {
    await page.goBack();
    await expectThanksPage(page);
    await expect(page).toHaveURL(/\/thank-you\?session=/);
    expect(await listMailsTo(email)).toHaveLength(1);
  });
});

test("if Stripe's script is blocked, Stripe's own page takes over, and only one Checkout can be paid", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("blocked");
  await page.route(`${STRIPE_STAND_IN_URL}/stripe.js`, (route) => route.abort());
  await page.goto("/give?every=once&amount=9&currency=EUR");
  const moved = page.waitForRequest("**/give/pay/hosted");
  await pressGiveButton(page, "Give €9");
  const giftId = giftIn((await moved).postData() ?? "");
  await page.waitForURL(`${STRIPE_STAND_IN_URL}/**`);
  const stripesPage = page.url();
  expect(await openCheckoutsOf(giftId)).toBe(1);

  await test.step("on the way back our page waits for a press", async () => {
    await page.goto(`/give/pay?gift=${giftId}`);
    const onward = page.getByRole("button", { name: "Continue to Stripe’s page" });
    await expectPressable(onward);
    await expect(page.locator("script[src*=pay]")).toHaveCount(0);
    await onward.dblclick();
    await page.waitForURL(stripesPage);
    expect(await openCheckoutsOf(giftId)).toBe(1);
  });

  await test.step("the reader pays there and is thanked once", async () => {
    await payAtCheckout(page, { email, card: TEST_CARDS.paid });
    await expectThanksPage(page);
    await waitForMail(email, "thanks");
    expect(await listMailsTo(email)).toHaveLength(1);
  });
});
