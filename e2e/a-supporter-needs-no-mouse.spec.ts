import {
  chooseOptionByKeyboard,
  focusByKeyboard,
  openDisclosureByKeyboard,
  pressByKeyboard,
  typeByKeyboard,
} from "./by-keyboard";
import { listMailsOfKind, waitForMail } from "./mail";
import { getSubscriptionByEmail, stripeClient } from "./stripe";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, reloadUntilVisible, test } from "./world";

test.use({ javaScriptEnabled: false });

test("a supporter without a mouse, whose browser runs no script, manages a gift", async ({ page }) => {
  const email = makeUniqueMailAddress("keys");
  await giveByRequests(page, { every: "month", amount: "10", email });
  await signInByRequests(page, email);
  const { id, customer } = await getSubscriptionByEmail(email);
  await page.goto("/supporters");
  await pressByKeyboard(page.getByRole("link", { name: "Manage this gift" }));
  await expect(page.getByRole("heading", { level: 1, name: "Your monthly gift" })).toBeVisible();

  await test.step("types another amount, and gets the form back with what was typed if it is too small", async () => {
    await openDisclosureByKeyboard(page, "Amount");
    const amount = page.getByLabel("Or another amount, in USD").and(page.locator(":visible"));
    await typeByKeyboard(amount, "1");
    await page.keyboard.press("Enter");
    await expect(page.getByText("The smallest gift we can take is $2.")).toBeVisible();
    await expect(amount).toHaveValue("1");
    await typeByKeyboard(amount, "15");
    await pressByKeyboard(page.getByRole("button", { name: "Change the amount" }));
    await expect(page.getByText("Your gift is now $15 a month.")).toBeVisible();
  });

  await test.step("skips a payment", async () => {
    await openDisclosureByKeyboard(page, "Skip the next payment");
    await pressByKeyboard(page.getByRole("button", { name: /^Skip the payment on / }));
    await expect(page.getByText("The payment is skipped.")).toBeVisible();
  });

  await test.step("pauses for two months, and resumes", async () => {
    await openDisclosureByKeyboard(page, "Pause");
    await chooseOptionByKeyboard(page.getByLabel("How long"), /^2 months/);
    await pressByKeyboard(page.getByRole("button", { name: "Pause my gift" }));
    await expect(page.getByText("Your gift is paused.")).toBeVisible();
    await pressByKeyboard(page.getByRole("button", { name: "Resume now" }));
    await expect(page.getByText("Your gift continues.")).toBeVisible();
    await waitForMail(email, "changed", 4);
  });

  await test.step("moves the payments to another day, which the page and Stripe then both name", async () => {
    await openDisclosureByKeyboard(page, "Day of payment");
    const days = page.getByLabel(/^New day/);
    const day = (await days.inputValue()) === "12" ? 13 : 12;
    await chooseOptionByKeyboard(days, new RegExp(`^${day}th`));
    const [, date = ""] = (await days.locator("option:checked").innerText()).split(": ");
    await pressByKeyboard(page.getByRole("button", { name: "Move my payments to this day" }));
    await expect(page.getByText(`Your next payment is on ${date}.`)).toBeVisible();
    const { trial_end } = await stripeClient().subscriptions.retrieve(id);
    expect(new Date((trial_end ?? 0) * 1000).getUTCDate()).toBe(day);
  });

  await test.step("cancels with a reason, and takes it back", async () => {
    await pressByKeyboard(page.getByRole("link", { name: "Cancel this gift" }));
    await focusByKeyboard(page.getByRole("radio").first());
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("radio", { name: "I no longer read you" })).toBeChecked();
    await pressByKeyboard(page.getByRole("button", { name: "Cancel my gift" }));
    await expect(page.getByText("Your gift is canceled.")).toBeVisible();
    expect((await stripeClient().subscriptions.retrieve(id)).cancellation_details?.feedback).toBe("unused");
    await pressByKeyboard(page.getByRole("button", { name: "Keep giving" }).first());
    await expect(page.getByText("Your gift continues.")).toBeVisible();
  });

  await test.step("a renewal fails: the page offers another card first, and then pays what is open, once", async () => {
    const refused = await stripeClient().paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: String(customer),
    });
    // Makes the postponed payment due now, so that the test need not move the clock.
    await stripeClient().subscriptions.update(id, { trial_end: "now", default_payment_method: refused.id });
    await page.goto("/supporters");
    await reloadUntilVisible(page, page.getByText("a payment did not go through"));
    await pressByKeyboard(page.getByRole("link", { name: "Pay, pause or end it" }));
    await expect(page.getByText("Your bank declined $15.")).toBeVisible();
    const card = page.getByRole("button", { name: "Use another card" }).first();
    const pay = page.getByRole("button", { name: "Pay $15 now" });
    await focusByKeyboard(card);
    await focusByKeyboard(pay, { from: card });
    const good = await stripeClient().paymentMethods.attach("pm_card_visa", { customer: String(customer) });
    await stripeClient().subscriptions.update(id, { default_payment_method: good.id });
    await page.keyboard.press("Enter");
    await expect(page.getByText("Your bank declined $15.")).toHaveCount(0);
    await waitForMail(email, "thanks", 2);
    const paid = (await stripeClient().invoices.list({ customer: String(customer), status: "paid" })).data;
    expect(paid.map(({ amount_paid }) => amount_paid).filter((amount) => amount > 0)).toEqual([1_500, 1_000]);
  });

  await test.step("switches the gift from monthly to yearly", async () => {
    await openDisclosureByKeyboard(page, "How often");
    await pressByKeyboard(page.getByRole("button", { name: "$180 a year (the same in a year)" }));
    await expect(page.getByText("You now give $180 a year.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Your yearly gift" })).toBeVisible();
    const { items } = await stripeClient().subscriptions.retrieve(id);
    expect(items.data[0]?.price).toMatchObject({ unit_amount: 18_000, recurring: { interval: "year" } });
    const changes = async () => (await listMailsOfKind(email, "changed")).map(({ text }) => text).join();
    await expect.poll(changes).toContain("$180.00 a year");
  });

  await test.step("puts the yearly payment off by three months", async () => {
    const before = (await stripeClient().subscriptions.retrieve(id)).trial_end ?? 0;
    await openDisclosureByKeyboard(page, "Put off the next payment");
    await chooseOptionByKeyboard(page.getByLabel("How long"), /^3 months/);
    await pressByKeyboard(page.getByRole("button", { name: "Put off the payment" }));
    await expect(page.getByText(/^Your next payment is on /)).toBeVisible();
    const days = ((await stripeClient().subscriptions.retrieve(id)).trial_end ?? 0) - before;
    expect(Math.round(days / 86_400 / 30)).toBe(3);
  });
});
