import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, type Locator, makeUniqueMailAddress, test } from "./world";

test("a supporter reads letters one after another, gets them by e-mail and in a feed, raises the gift by a letter's link, and signs out elsewhere", async ({
  page,
  browser,
}) => {
  const email = makeUniqueMailAddress("letters");
  await giveByRequests(page, { every: "month", amount: "10", email });
  await signInByRequests(page, email);
  await page.goto("/supporters");

  await test.step("chooses letters by e-mail, and may take it back", async () => {
    await press(page.getByRole("button", { name: "Send me the letters" }));
    await expect(page.getByRole("button", { name: "Stop letters by email" })).toBeVisible();
  });

  await test.step("makes a feed, whose address works without signing in and is shown once", async () => {
    await press(page.getByRole("button", { name: "Make my feed" }));
    const shown = page.locator(".letter-feed code");
    const address = await shown.innerText();
    await expectAccessibleAtAllWidths(page, "the supporters' page with a feed");
    const stranger = await browser.newContext();
    const feed = await stranger.request.get(address);
    expect(feed.headers()["content-type"]).toContain("application/rss+xml");
    expect(await feed.text()).toContain("Nineteen calls for one paragraph");
    await page.reload();
    await expect(page.getByRole("button", { name: "Make a new address" })).toBeVisible();
    await expect(shown).toHaveCount(0);
    await press(page.getByRole("button", { name: "Make a new address" }));
    await expect(shown).toBeVisible();
    expect((await stranger.request.get(address)).status()).toBe(404);
    await stranger.close();
  });

  await test.step("reads on from letter to letter", async () => {
    await press(page.getByRole("link", { name: "Nineteen calls for one paragraph" }));
    await press(page.getByRole("link", { name: /^Later/ }));
    await expect(page.getByRole("heading", { level: 1, name: "What we hope to do by spring" })).toBeVisible();
    await expectAccessibleAtAllWidths(page, "a letter with its neighbours");
  });

  await test.step("follows the letter's link to a raise, and presses once", async () => {
    await page.getByRole("link", { name: "this link raises your gift to 12 a month" }).click();
    await expect(page.getByText("$10 a month").first()).toBeVisible();
    const amount = page.getByLabel("Or another amount, in USD").and(page.locator(":visible"));
    await expect(amount).toHaveValue("12.00");
    await press(page.getByRole("button", { name: "Change the amount" }));
    await expect(page.getByText("Your gift is now $12 a month.")).toBeVisible();
  });

  await test.step("sees where they are signed in, and signs out the other browser", async () => {
    const other = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": "10.77.1.2" } });
    const phone = await other.newPage();
    await signInByRequests(phone, email);
    await phone.goto("/supporters");
    await expect(phone).toHaveURL(/\/supporters$/);
    await page.goto("/supporters/sessions");
    await expect(page.getByText("Another browser")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "the list of sessions");
    await press(page.getByRole("button", { name: "Sign out the others" }));
    await expect(page.getByText("The other browser is signed out.")).toBeVisible();
    await phone.reload();
    await expect(phone).toHaveURL(/\/sign-in\?next=/);
    await other.close();
  });

  await test.step("quiets another device with the link that is the same for everybody", async () => {
    await page.getByRole("link", { name: /\/quiet$/ }).click();
    await expect(page.getByText("The banner now rests on this device for 30 days.")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "the quiet page");
  });
});

async function press(target: Locator): Promise<void> {
  await expectPressable(target);
  await target.click();
}
