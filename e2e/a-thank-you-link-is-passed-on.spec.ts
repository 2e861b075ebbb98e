import { expectThanksPage, payAtCheckout, pressGiveButton, TEST_CARDS } from "./giving";
import { listMailsTo, waitForMail } from "./mail";
import { expect, firstArticlePath, makeUniqueMailAddress, type Page, reloadUntilVisible, test } from "./world";

const rememberedGift = (page: Page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem("appeal") ?? "{}").gift ?? null);

const countMarks = (page: Page) =>
  page.evaluate(() => Object.keys(JSON.parse(localStorage.getItem("appeal") ?? "{}").sentForms ?? {}).length);

test("a stranger with a thank-you link learns no amount, can send no e-mail, and still sees the appeal", async ({
  page,
  browser,
}) => {
  const email = makeUniqueMailAddress("shared");
  await page.goto("/give?every=month&amount=33&currency=EUR");
  await pressGiveButton(page, "Give €33 monthly");
  await payAtCheckout(page, { email, card: TEST_CARDS.paid });

  await test.step("the device that gave sees the amount and remembers the gift", async () => {
    await expect(page.getByText("Your gift of €33 a month has arrived.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Email me my sign-in link" })).toBeVisible();
    expect(await rememberedGift(page)).toMatchObject({ regular: true });
    expect(await countMarks(page)).toBe(1);
    await waitForMail(email, "thanks");
  });
  const link = page.url();

  await test.step("another device does not", async () => {
    const context = await browser.newContext();
    const stranger = await context.newPage();
    await stranger.goto(await firstArticlePath(stranger));
    for (let time = 0; time < 2; time++) {
      const answer = await stranger.goto(link);
      await expectThanksPage(stranger);
      expect(await answer?.text()).not.toContain("€");
      expect(await answer?.headerValue("set-cookie")).toBeNull();
      await expect(stranger.getByText(/33|€/)).toHaveCount(0);
      await expect(stranger.getByRole("main").getByRole("button")).toHaveCount(0);
      await expect(stranger.getByRole("link", { name: "Sign in with the address of your gift" })).toBeVisible();
    }
    expect(await rememberedGift(stranger)).toBeNull();
    await context.close();
  });

  await test.step("nor does the same device a day later", async () => {
    await page.clock.install({ time: Date.now() + 25 * 60 * 60 * 1000 });
    await page.goto(link);
    await expectThanksPage(page);
    await expect.poll(() => countMarks(page)).toBe(0);
    await expect(page.getByText("€33")).toHaveCount(0);
    expect(await listMailsTo(email)).toHaveLength(1);
  });
});

test("without JavaScript the page thanks without naming the amount, and sets no cookie", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/give?every=once&amount=44&currency=EUR");
  await pressGiveButton(page, "Continue to payment");
  await payAtCheckout(page, { email: makeUniqueMailAddress("shared-plain"), card: TEST_CARDS.paid });
  await expect(page).toHaveURL(/\/thank-you/);
  await reloadUntilVisible(page, page.getByText("The gift has arrived."));
  await expect(page.getByText("€44")).toHaveCount(0);
  expect(await context.cookies(page.url())).toEqual([]);
  await context.close();
});
