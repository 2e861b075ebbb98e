import { readUntilBannerAppears } from "./banner";
import { getLinkIn, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { expect, firstArticlePath, type Locator, makeUniqueMailAddress, type Page, test } from "./world";

test("a reader asks the banner for a reminder instead, promises a monthly amount, and confirms it by e-mail", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("reminded");

  await test.step("the banner leads to the form, and rests on this device", async () => {
    await readUntilBannerAppears(page, await firstArticlePath(page));
    await press(page.getByRole("link", { name: "Remind me next month" }));
    await expect(page.getByRole("heading", { level: 1, name: "Not now, but later" })).toBeVisible();
    expect(await closedOnDevice(page)).toBe("reminder");
    await expectAccessibleAtAllWidths(page, "the form for a reminder");
  });

  await test.step("a promise without an amount is refused with the reason", async () => {
    await page.getByRole("radio", { name: "Every month" }).check();
    await page.getByLabel("Email address").fill(email);
    await press(page.getByRole("button", { name: "Remind me" }));
    await expect(page.getByText("Please enter an amount.")).toBeVisible();
    await expect(page.getByLabel("Email address")).toHaveValue(email);
  });

  await test.step("asks, and is asked to confirm", async () => {
    await page.getByLabel("The amount that you have in mind").fill("15");
    await press(page.getByRole("button", { name: "Remind me" }));
    await expect(page.getByText(email)).toBeVisible();
    await page.goto(getLinkIn(await waitForMail(email, "reminder-confirm"), "/remind-me/confirm"));
    await expect(page.getByText("Every month we will send you a link to give $15.")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "the page that confirms a reminder");
    await press(page.getByRole("button", { name: "Yes, remind me" }));
    await expect(page.getByRole("heading", { name: "We will write to you" })).toBeVisible();
  });

  await test.step("the link in the e-mail confirms nothing twice", async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "We will write to you" })).toBeVisible();
  });
});

async function press(target: Locator): Promise<void> {
  await expectPressable(target);
  await target.click();
}

function closedOnDevice(page: Page): Promise<string | undefined> {
  return page.evaluate(() => JSON.parse(localStorage.getItem("appeal") ?? "{}").closed?.way);
}
