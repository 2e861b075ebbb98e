import { giftForm, giveInBrowser } from "./giving";
import { waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { signInByRequests } from "./without-a-page";
import { expect, firstArticlePath, makeUniqueMailAddress, test } from "./world";

test("a monthly supporter finds the form folded and set to “once”, and is told of a second monthly gift everywhere", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("twice");
  await giveInBrowser(page, { interval: "month", amount: "10", email });

  await test.step("the end of the article does not ask, and offers to change the gift", async () => {
    await page.goto(await firstArticlePath(page));
    const end = page.locator("[data-appeal-end]");
    await expect(end.getByText("we ask for nothing more")).toBeVisible();
    await expect(end.getByRole("link", { name: "Change the amount of my gift" })).toBeVisible();
    await expect(giftForm(page, end)).toBeHidden();
    await end.getByText("Give again").click();
    await expect(giftForm(page, end).getByRole("radio", { name: "Once" })).toBeChecked();
    await expect(giftForm(page, end).getByRole("button", { name: /^Give \S+$/ })).toBeVisible();
  });

  await test.step("so does the page of the form, unless its link names a frequency", async () => {
    await page.goto("/give");
    await expect(page.getByText("You give regularly already")).toBeVisible();
    await expect(giftForm(page).getByRole("radio", { name: "Once" })).toBeChecked();
    await page.goto("/give?every=month&amount=5");
    await expect(giftForm(page).getByRole("radio", { name: "Monthly" })).toBeChecked();
  });

  await test.step("the thank-you page and the e-mail mention the second monthly gift", async () => {
    await giveInBrowser(page, { interval: "month", amount: "5", email });
    await expect(page.getByText("You now have more than one recurring gift")).toBeVisible();
    expect((await waitForMail(email, "thanks", 2)).text).toContain("You already had a recurring gift");
  });

  await test.step("the supporter keeps one of them, and the other is canceled", async () => {
    await signInByRequests(page, email);
    await page.getByRole("link", { name: "Keep only one" }).click();
    await expect(page.getByText("You have 2 recurring gifts running, and each is charged.")).toBeVisible();
    await page.locator("summary", { hasText: "Keep one of your gifts" }).click();
    await page.getByLabel(/^\$10 a month, next payment on /).check();
    const keep = page.getByRole("button", { name: "Keep this one, and cancel the others" });
    await expectPressable(keep);
    await keep.click();
    await expect(page.getByText("You keep this gift.")).toBeVisible();
    await page.goto("/supporters");
    await expect(page.getByText("recurring gifts running")).toBeHidden();
    const gift = (amount: string) => page.getByRole("article").filter({ hasText: `${amount} a month` });
    await expect(gift("$5").getByText(/^Canceled\. /)).toBeVisible();
    await expect(gift("$10").getByRole("link", { name: "Cancel" })).toBeVisible();
  });
});

test("a reader who has not given finds the form open and set to monthly", async ({ page }) => {
  await page.goto(await firstArticlePath(page));
  const end = page.locator("[data-appeal-end]");
  await expect(giftForm(page, end).getByRole("radio", { name: "Monthly" })).toBeChecked();
  await expect(end.getByText("Give again")).toBeHidden();
  await page.goto("/give");
  await expect(giftForm(page).getByRole("radio", { name: "Monthly" })).toBeChecked();
  await expect(page.getByText("You give regularly already")).toBeHidden();
});
