import { CARD, payAtCheckout, pressGive } from "./giving";
import { expectPressable } from "./pressable";
import { STAFF } from "./signed-in";
import { expect, reloadUntilVisible, someMailbox, test } from "./world";

test.use({ storageState: STAFF.storageState });

test("staff see a dispute and its deadline, take it, and are done with it", async ({ page, browser }) => {
  const reader = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const readersPage = await reader.newPage();
  await readersPage.goto("/give?every=once&amount=1234.56&currency=USD");
  await pressGive(readersPage, /^Give/);
  await payAtCheckout(readersPage, { email: someMailbox("disputes"), card: CARD.disputed });
  // The bank disputes the payment at once, so the page may show the dispute before it has shown its thanks.
  await expect(
    readersPage.getByRole("heading", { level: 1, name: /^(Thank you|This gift was returned)$/ }),
  ).toBeVisible();
  await reader.close();

  await page.goto("/newsroom/queue");
  const dispute = page
    .getByRole("listitem")
    .filter({ hasText: "$1,234.56" })
    .filter({ has: page.getByText(/^(dp|du)_/) });
  await reloadUntilVisible(page, dispute);
  // Each part must be at least as high as a line of text, and not covered: both were once clipped to two pixels.
  for (const part of [dispute.getByText(/^(dp|du)_/), dispute.getByText(/^Evidence due by/)])
    await expectPressable(part, { smallestPx: 12 });

  const id = (await dispute.getByText(/^(dp|du)_/).textContent()) ?? "";
  await dispute.getByRole("button", { name: /^I take this/ }).click();
  await expect(dispute.getByText("You have taken this since")).toBeVisible();
  await dispute.getByRole("combobox").selectOption({ label: "Answered in Stripe’s dashboard" });
  await expectPressable(dispute.getByRole("button", { name: /^Done/ }));
  await dispute.getByRole("button", { name: /^Done/ }).click();
  const done = page.getByRole("region", { name: "Done lately" }).getByRole("listitem").filter({ hasText: id });
  await expect(done.getByText("Answered in Stripe’s dashboard. You")).toBeVisible();
  await expect(dispute).toHaveCount(0);
});
