// Moves the clock of the Stripe stand-in, which the site follows. Therefore this file runs after all other browser
// tests.
import { getLinkIn, listMailsTo, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { advanceStripeDays, cancelAllSubscriptions } from "./stripe";
import { askForAndConfirmRemindersByRequests } from "./without-a-page";
import { expect, isFullRun, type Locator, makeUniqueMailAddress, type Page, test } from "./world";

test("a month later both reminders come: one is the last, the other ends by its own link", async ({ page }) => {
  const [once, monthly] = [makeUniqueMailAddress("once"), makeUniqueMailAddress("monthly")];
  const confirmLinks: string[] = [];

  await cancelAllSubscriptions();

  await test.step("two readers ask, one for a month from now, one for every month", async () => {
    confirmLinks.push(await askForOne(page, once));
    confirmLinks.push(await askForAndConfirmRemindersByRequests(page, { email: monthly, amount: "17" }));
    expect([await listMailsTo(once), await listMailsTo(monthly)].map((mails) => mails.length)).toEqual([1, 1]);
  });

  await test.step("the single reminder comes, with the amount filled in, and the address is gone", async () => {
    await advanceStripeDays(32);
    const mail = await waitForMail(once, "reminder");
    expect(mail.text).toContain("This was the only reminder. We have deleted your address.");
    await expectFilledIn(page, getLinkIn(mail, "/give"));
    await page.goto(confirmLinks[0] ?? "");
    await expect(page.getByRole("heading", { name: "There is no reminder here" })).toBeVisible();
  });

  await test.step("the promise comes, too, with the amount and a way out", async () => {
    const mail = await waitForMail(monthly, "reminder");
    await expectFilledIn(page, getLinkIn(mail, "/give"));
    await page.goto(getLinkIn(mail, "/unsubscribe"));
    await expect(page.getByRole("heading", { name: "End the reminders?" })).toBeVisible();
    await press(page.getByRole("button", { name: "End them" }));
    await expect(page.getByText("we have deleted your address")).toBeVisible();
    await page.goto(confirmLinks[1] ?? "");
    await expect(page.getByRole("heading", { name: "There is no reminder here" })).toBeVisible();
  });

  // The usual run stops here, because reminders.test.ts also tests the following step. Only a full run continues.
  if (!isFullRun) return;
  await test.step("after another month neither of them is mailed, while a third reader is", async () => {
    const other = makeUniqueMailAddress("other");
    await askForOne(page, other);
    await advanceStripeDays(32);
    await waitForMail(other, "reminder");
    expect([await listMailsTo(once), await listMailsTo(monthly)].map((mails) => mails.length)).toEqual([2, 2]);
  });
});

async function askForOne(page: Page, email: string): Promise<string> {
  await page.goto("/remind-me");
  await page.getByRole("radio", { name: "In a month" }).check();
  await page.getByLabel("The amount that you have in mind").fill("17");
  await page.getByLabel("Email address").fill(email);
  await press(page.getByRole("button", { name: "Remind me" }));
  await expect(page.getByText(email)).toBeVisible();
  const link = getLinkIn(await waitForMail(email, "reminder-confirm"), "/remind-me/confirm");
  await page.goto(link);
  await press(page.getByRole("button", { name: "Yes, remind me" }));
  await expect(page.getByRole("heading", { name: "We will write to you" })).toBeVisible();
  return link;
}

async function expectFilledIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.getByLabel("Other amount")).toHaveValue(/^17(\.00)?$/);
}

async function press(target: Locator): Promise<void> {
  await expectPressable(target);
  await target.click();
}
