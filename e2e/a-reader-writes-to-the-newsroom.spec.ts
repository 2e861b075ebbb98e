import { giveInBrowser } from "./giving";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, type Page, test } from "./world";

const WORDS = "Thank you for the report from the flooded towns.";

async function pressButton(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await expectPressable(button);
  await button.click();
}

test("a reader writes after giving; the newsroom publishes it; it is on the gift page until the reader withdraws it", async ({
  page,
  browser,
}) => {
  const email = makeUniqueMailAddress("writes");
  await giveInBrowser(page, { interval: "once", amount: "17", email });

  await test.step("writes on the thank-you page", async () => {
    const offer = page.getByText("Write to the newsroom, or dedicate your gift");
    await expectPressable(offer);
    await offer.click();
    await page.getByLabel("Your message").fill(WORDS);
    await page.getByLabel("For somebody").fill("Babushka Lena");
    await page.getByLabel("The newsroom may publish this").check();
    await page.getByLabel("Under this name").fill("A reader in Perm");
    await pressButton(page, "Send to the newsroom");
    await expect(page.getByRole("heading", { level: 1, name: "The newsroom has your message" })).toBeVisible();
    await expectAccessibleAtAllWidths(page, "/thank-you/message");
    await page.getByRole("link", { name: "Back to your gift" }).click();
    await expect(page.getByText("You have written to the newsroom about this gift.")).toBeVisible();
  });

  const quote = page.getByRole("blockquote").filter({ hasText: WORDS });
  await page.goto("/give");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(quote).toHaveCount(0);

  await test.step("a colleague publishes it", async () => {
    const desk = await browser.newContext({ storageState: SIGNED_IN_COLLEAGUE.storageState });
    const staff = await desk.newPage();
    await staff.goto("/newsroom/messages");
    const item = staff.getByRole("listitem").filter({ hasText: WORDS });
    await expect(item).toContainText("as “A reader in Perm”");
    await expectAccessibleAtAllWidths(staff, "/newsroom/messages");
    const publish = item.getByRole("button", { name: "Publish", exact: true });
    await expectPressable(publish);
    await publish.click();
    await expect(staff.getByText("Published: it is among the quotes")).toBeVisible();
    await desk.close();
  });

  await test.step("readers see it, and its writer withdraws it on the gift's page", async () => {
    await page.goto("/give?problem=unreachable&every=year&amount=0.4&currency=KWD");
    await expect(quote).toContainText("For Babushka Lena");
    await expect(quote).toContainText("A reader in Perm");
    await expectAccessibleAtAllWidths(page, "the gift form with its refusals and a quote");
    await signInByRequests(page, email);
    await page.goto("/supporters");
    await page.getByRole("row").filter({ hasText: "$17" }).getByRole("link").click();
    await expect(page.getByText("The newsroom has published it")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "/supporters/gifts/[paymentId] with a message");
    await pressButton(page, "Withdraw the message");
    await expect(page.getByText("Your message is withdrawn")).toBeVisible();
    await page.goto("/give");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(quote).toHaveCount(0);
  });
});
