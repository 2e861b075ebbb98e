import { expectPressable } from "./pressable";
import { expectReflow } from "./readable";
import { STAFF } from "./signed-in";
import { stripe } from "./stripe";
import { expect, reloadUntilVisible, test } from "./world";

test.use({ javaScriptEnabled: false, storageState: STAFF.storageState });

test("staff see an event that could not be recorded, try it again without JavaScript, and see the result", async ({
  page,
}) => {
  const { latest_charge } = await stripe().paymentIntents.create({
    ...{ amount: 20_000, currency: "sek", payment_method: "pm_card_visa", confirm: true },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    metadata: { site: "moscow-times", gift: `g_${"0".repeat(32)}`, appeal: "standard", variant: "a", locale: "en" },
  });
  const { data } = await stripe().events.list({ type: "charge.succeeded" });
  const event = data.find(({ data: { object } }) => "id" in object && object.id === latest_charge);
  await page.goto("/newsroom");
  const again = page.getByRole("button", { name: `Try again: ${event?.id}` });
  await reloadUntilVisible(page, again);
  await expectPressable(again);
  await expectReflow(page, "/newsroom with an event that could not be recorded");
  await again.click();
  await expect(page).toHaveURL(/\/newsroom$/);
  await expect(page.getByText("None could be recorded; one could not be recorded.")).toBeVisible();
  await expect(again).toBeVisible();
});
