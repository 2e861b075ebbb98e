import { getLinkIn, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, type Locator, makeUniqueMailAddress, test } from "./world";

test("a supporter changes the address: both mailboxes confirm, and the gift is found under the new one only", async ({
  page,
}) => {
  const [old, next] = [makeUniqueMailAddress("old-address"), makeUniqueMailAddress("new-address")];

  await test.step("gives monthly, signs in, and asks for another address", async () => {
    await giveByRequests(page, { every: "month", amount: "10", email: old });
    await signInByRequests(page, old);
    await page.goto("/supporters");
    await press(page.getByRole("link", { name: "Manage your data" }));
    await page.getByLabel("New email address").fill(next);
    await press(page.getByRole("button", { name: "Email both addresses" }));
    await expect(page.getByText("We have sent a link to both addresses.")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "own data");
  });

  await test.step("the new mailbox confirms, and the old one is still asked", async () => {
    await page.goto(getLinkIn(await waitForMail(next, "address-new"), "/address-change"));
    await expectAccessibleAtAllWidths(page, "address change");
    await press(page.getByRole("button", { name: "Yes, change it" }));
    await expect(page.getByText("Now the other mailbox has to confirm.")).toBeVisible();
  });

  await test.step("the old mailbox confirms", async () => {
    await page.goto(getLinkIn(await waitForMail(old, "address-old"), "/address-change"));
    await press(page.getByRole("button", { name: "Yes, change it" }));
    await expect(page.getByRole("heading", { level: 1, name: "Your address is changed" })).toBeVisible();
  });

  await test.step("signs in with the new address and finds the gift", async () => {
    await signInByRequests(page, next);
    await press(page.getByRole("link", { name: "Go to your page" }));
    await expect(page.getByRole("heading", { name: "$10 a month" })).toBeVisible();
  });
});

async function press(target: Locator): Promise<void> {
  await expectPressable(target);
  await target.click();
}
