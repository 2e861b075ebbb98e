import { giftForm, pressGiveButton, waitForCheckout } from "./giving";
import { layoutShiftOf, watchLayoutShifts } from "./layout-shifts";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths, waitUntilRendered } from "./readable";
import { expect, type Locator, type Page, test } from "./world";

const FORM = "/give?every=once&amount=60&currency=EUR";

const offerOn = (page: Page) => page.getByRole("region", { name: "Monthly instead" });

/** Returns the distance from the window's left edge to the start of the element's text, in pixels. */
function textStartsAt(target: Locator): Promise<number> {
  return target.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return Math.round(range.getBoundingClientRect().left);
  });
}

async function choosePayment(page: Page): Promise<void> {
  await page.goto(FORM);
  await pressGiveButton(page, "Give €60");
  await expect((await waitForCheckout(page)).getByLabel("Card number")).toBeVisible();
}

test("a reader who gives once declines the monthly offer and is not asked again on this device until its memory is deleted", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await watchLayoutShifts(page);
  await choosePayment(page);
  const monthly = offerOn(page).getByRole("link", { name: "Give €20 monthly" });
  const no = offerOn(page).getByRole("button", { name: "No, once" });

  await test.step("the offer moves nothing as it appears, and its answers begin where its words do", async () => {
    await expect(monthly).toBeVisible();
    await waitUntilRendered(page);
    // Allows a small layout shift, because the links in the header move by a few pixels when the site's font is loaded.
    // An offer that moves other elements would shift the page much more.
    expect(await layoutShiftOf(page)).toBeLessThan(0.001);
    const words = offerOn(page).getByText("A smaller gift every month helps us plan.");
    expect(await textStartsAt(monthly)).toBe(await textStartsAt(words));
  });

  await test.step("yes leads to the form, filled in with the monthly gift; the way back leads to the payment", async () => {
    await expectPressable(monthly);
    await expectAccessibleAtAllWidths(page, "the payment page with its offer");
    const paymentPage = page.url();
    await monthly.click();
    await expect(giftForm(page).getByRole("radio", { name: "Monthly" })).toBeChecked();
    await expect(giftForm(page).getByRole("button", { name: "Give €20 monthly" })).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(paymentPage);
  });

  await test.step("no keeps the gift as it is", async () => {
    await expectPressable(no);
    await no.click();
    await expect(offerOn(page)).toBeHidden();
    const heading = page.getByRole("heading", { level: 1, name: "Your gift: €60", exact: true });
    await expect(heading).toBeFocused();
  });

  await test.step("the next gift on this device is not asked", async () => {
    await choosePayment(page);
    await expect(page.locator("[data-monthly]")).toHaveCount(1);
    await expect(offerOn(page)).toBeHidden();
  });

  await test.step("who deletes the device's memory may be asked again", async () => {
    await page.goto("/banner-manners");
    await page.locator("[data-forget]").click();
    await choosePayment(page);
    await expect(offerOn(page)).toBeVisible();
  });
});
