import { waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { findSubscriptionOf, stripeClient } from "./stripe";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, type Locator, newMailAddress, reloadUntilVisible, test } from "./world";

test("a subscriber moves the day of a gift, switches it to yearly, and starts it again after its end", async ({
  page,
}) => {
  const email = newMailAddress("moved");
  await giveByRequests(page, { every: "month", amount: "10", email });
  const { id } = await findSubscriptionOf(email);
  await signInByRequests(page, email);
  await page.goto("/supporters");
  await press(page.getByRole("link", { name: "Manage this gift" }));

  await test.step("moves the payments to another day, which the page and Stripe then both name", async () => {
    await press(page.locator("summary", { hasText: "Day of payment" }));
    const days = page.getByLabel(/^New day/);
    await expectPressable(days);
    const day = (await days.inputValue()) === "12" ? 13 : 12;
    await days.selectOption(String(day));
    const [, date = ""] = (await days.locator("option:checked").innerText()).split(": ");
    await press(page.getByRole("button", { name: "Move my payments to this day" }));
    await expect(page.getByText(`Your next payment is on ${date}.`)).toBeVisible();
    const { trial_end } = await stripeClient().subscriptions.retrieve(id);
    expect(new Date((trial_end ?? 0) * 1000).getUTCDate()).toBe(day);
  });

  await test.step("switches the gift to yearly, and nothing is charged now", async () => {
    await press(page.locator("summary", { hasText: "How often" }));
    await press(page.getByRole("button", { name: "$120 a year (the same in a year)" }));
    await expect(page.getByText("You now give $120 a year.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Your yearly gift" })).toBeVisible();
    const { items } = await stripeClient().subscriptions.retrieve(id);
    expect(items.data[0]?.price).toMatchObject({ unit_amount: 12_000, recurring: { interval: "year" } });
    expect((await waitForMail(email, "changed", 2)).text).toContain("$120.00 a year");
  });

  await test.step("starts the gift again after it has ended, with one press and the same card", async () => {
    await stripeClient().subscriptions.cancel(id);
    await reloadUntilVisible(page, page.getByRole("heading", { name: "Start again" }));
    await press(page.getByRole("button", { name: "Give $120 a year again" }));
    await expect(page.getByText("Your gift runs again. Thank you.")).toBeVisible();
    const again = await findSubscriptionOf(email);
    expect(again).toMatchObject({ status: "active" });
    expect(again.id).not.toBe(id);
  });
});

async function press(target: Locator): Promise<void> {
  await expectPressable(target);
  await target.click();
}
