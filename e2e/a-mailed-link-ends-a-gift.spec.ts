import { getLinkIn, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { getSubscriptionByEmail } from "./stripe";
import { giveByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, test } from "./world";

test("a reader pauses and ends a monthly gift by the link in the e-mail, without signing in and without JavaScript", async ({
  page,
  browser,
}) => {
  const email = makeUniqueMailAddress("linked");
  await giveByRequests(page, { every: "month", amount: "10", email });
  const mail = await waitForMail(email, "thanks");
  const elsewhere = await browser.newContext({ javaScriptEnabled: false });
  const other = await elsewhere.newPage();

  await test.step("sees the gift and what each button does, and nobody's name", async () => {
    await other.goto(getLinkIn(mail, "/your-gift/"));
    await expect(other.getByRole("heading", { level: 1, name: "A monthly gift" })).toBeVisible();
    await expect(other.getByText(/^The gift runs until .+, which is paid for/)).toBeVisible();
    await expectPressable(other.getByRole("button", { name: "Pause this gift" }));
    expect(await other.locator("body").innerText()).not.toContain(email);
  });

  await test.step("pauses it for a month, in one press", async () => {
    await other.getByRole("button", { name: "Pause this gift" }).click();
    await expect(other.getByText("The gift is paused.")).toBeVisible();
    expect((await getSubscriptionByEmail(email)).pause_collection?.behavior).toBe("void");
  });

  await test.step("ends it in one press", async () => {
    const cancel = other.getByRole("button", { name: "Cancel this gift" });
    await expectPressable(cancel);
    await cancel.click();
    await expect(other.getByText("The gift is canceled.")).toBeVisible();
    expect((await getSubscriptionByEmail(email)).cancel_at_period_end).toBe(true);
    await expect(other.getByRole("button", { name: "Cancel this gift" })).toHaveCount(0);
  });

  await test.step("finds the way to stop e-mail, which names nobody either", async () => {
    await other.goto(getLinkIn(mail, "/wrong-address/"));
    await expectPressable(other.getByRole("button", { name: "Stop email to my address" }));
  });
  await elsewhere.close();

  await page.goto(getLinkIn(mail, "/your-gift/"));
  await expectAccessibleAtAllWidths(page, "a mailed link");
});
