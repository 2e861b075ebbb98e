import { waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, type Page, test } from "./world";

test.use({ storageState: SIGNED_IN_COLLEAGUE.storageState });

async function pressButton(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await expectPressable(button);
  await button.click();
}

test("staff find a supporter by a receipt, look up the address and refund a part; the supporter sees both", async ({
  page,
  browser,
}) => {
  const email = makeUniqueMailAddress("looked-up");
  const reader = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const readersPage = await reader.newPage();
  await giveByRequests(readersPage, { every: "once", amount: "31.42", email });
  const [number = ""] =
    /[1-9A-Z]{4}-[1-9A-Z]{4}-[1-9A-Z]{4}-[1-9A-Z]/.exec((await waitForMail(email, "thanks")).text) ?? [];

  await page.goto("/newsroom/people");
  await expectAccessibleAtAllWidths(page, "/newsroom/people");
  await page.getByLabel("Exact email address, receipt number").fill(number.toLowerCase());
  await pressButton(page, "Find");
  await expect(page.getByRole("heading", { level: 1, name: "Payment of $31.42" })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "/newsroom/payments/[paymentId]");
  await page.getByRole("link", { name: "To the supporter" }).click();
  await expect(page.getByText("$31.42 kept, from one payment.")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "/newsroom/people/[supporterId]");
  await expect(page.getByText(email)).toHaveCount(0);

  await test.step("the address is shown once, for a reason", async () => {
    await page.getByText("Look up the address").click();
    await page.getByLabel("Why?").selectOption({ label: "To answer their message" });
    await page.getByLabel("In your own words").fill("You asked where your receipt went.");
    await pressButton(page, "Show it once");
    await expect(page.getByText(email)).toBeVisible();
    expect(page.url()).not.toContain("looked-up");
    await page.reload();
    await expect(page.getByText("The address is encrypted.")).toBeVisible();
    await expect(page.getByText(email)).toHaveCount(0);
  });

  await test.step("a part is refunded after a preview", async () => {
    await page.getByRole("link", { name: "Payment of $31.42" }).click();
    await page.getByRole("link", { name: "Refund", exact: true }).click();
    await page.getByLabel("Amount to return").fill("11.42");
    await pressButton(page, "See what happens");
    await expect(page.getByText("Of $31.42, $20.00 stays kept.")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "/newsroom/payments/[paymentId]/refund");
    await page.getByLabel("Why?").selectOption({ label: "The supporter asked for it" });
    await pressButton(page, "Refund $11.42");
    await expect(page.getByText("Stripe has made the refund of $11.42")).toBeVisible();
  });

  expect((await waitForMail(email, "refunded")).text).toContain(
    "We have refunded $11.42 of the $31.42 that you gave on",
  );
  await signInByRequests(readersPage, email);
  await readersPage.goto("/supporters");
  await expect(readersPage.getByText(/a colleague looked up your address, to answer your message/)).toBeVisible();
  await expect(readersPage.getByText("“You asked where your receipt went.”")).toBeVisible();
  await expect(readersPage.getByRole("row").filter({ hasText: "$31.42" })).toContainText("Refunded in part");
  await reader.close();
});
