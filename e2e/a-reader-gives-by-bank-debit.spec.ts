import { pressGiveButton, waitForCheckout } from "./giving";
import { waitForMail } from "./mail";
import { expect, makeUniqueMailAddress, test } from "./world";

/** One of Stripe's test IBANs. Debits from it settle after five banking days. */
const SLOW_BANK = "DE89 3704 0044 0532 0130 00";

test("a bank debit is on its way for days: the page and an e-mail say so, and the device remembers the gift", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("debit");
  // Call this before a page opens. If Playwright's clock were installed in an open page, the page would briefly see the
  // year 1970 and discard the dates that it has stored.
  await page.clock.install();
  await page.goto("/give?every=once&amount=55&currency=EUR");
  await pressGiveButton(page, "Give €55");
  const checkout = await waitForCheckout(page);
  await checkout.getByLabel("Email").fill(email);
  await checkout.getByText("SEPA Direct Debit").first().click();
  await checkout.getByLabel("IBAN").fill(SLOW_BANK);
  await checkout.getByLabel("Account holder").fill("Anna Reader");
  await checkout.getByLabel("Postal code").fill("SW1A 1AA");
  await checkout.getByRole("button", { name: /^(Pay|Donate) / }).click();

  await test.step("the page says that the bank needs a few days", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Thank you. Your gift is on its way" })).toBeVisible();
    await expect(page.getByText("Stripe has accepted €55, and your bank needs a few days to send it.")).toBeVisible();
    const gift = await page.evaluate(() => JSON.parse(localStorage.getItem("appeal") ?? "{}").gift);
    expect(gift).toMatchObject({ regular: false });
  });

  await test.step("an e-mail says that the debit has begun", async () => {
    const { text } = await waitForMail(email, "debit-pending");
    expect(text).toContain("We have asked your bank for €55.00");
  });

  await test.step("an open page keeps reloading", async () => {
    await page.reload();
    await expect(page.getByText("€55")).toBeVisible();
    const reload = page.waitForRequest((request) => request.url().includes("/thank-you") && request.method() === "GET");
    await page.clock.runFor(55_000);
    expect((await reload).headers()["x-mark"]).toMatch(/[0-9a-f]{32}/);
  });
});
