import { chooseRadioByKeyboard, focusByKeyboard, pressByKeyboard, typeByKeyboard } from "./by-keyboard";
import { expectThanksPage, giftForm, TEST_CARDS, waitForCheckout } from "./giving";
import { waitForMail } from "./mail";
import { expect, firstArticlePath, makeUniqueMailAddress, type Page, test } from "./world";

test("a reader without a mouse gives every month, and always sees where the focus is", async ({ page }) => {
  const email = makeUniqueMailAddress("by-key");

  await test.step("skips the masthead, and finds the way to give", async () => {
    await page.goto(await firstArticlePath(page));
    await pressByKeyboard(page.getByRole("link", { name: "Skip to the text" }));
    await expect(page.getByRole("main")).toBeFocused();
    await page.goto("/");
    await pressByKeyboard(page.getByRole("banner").getByRole("link", { name: "Support us" }));
    await expect(page).toHaveURL(/\/give$/);
  });

  await test.step("sees every stop of the form", async () => {
    const form = giftForm(page);
    await focusByKeyboard(form.getByRole("radio", { checked: true }).first());
    for (let isInForm = true; isInForm; ) {
      expect(await unseenFocus(page)).toBe("");
      await page.keyboard.press("Tab");
      isInForm = await form.evaluate((element) => element.contains(document.activeElement));
    }
  });

  await test.step("chooses how often and how much, and sends the form from the field", async () => {
    await page.reload();
    const form = giftForm(page);
    await chooseRadioByKeyboard(
      form.getByRole("group", { name: "How often" }),
      form.getByRole("radio", { name: "Monthly" }),
    );
    const amounts = form.getByRole("group", { name: /^Monthly/ }).and(page.locator(":visible"));
    await chooseRadioByKeyboard(amounts, amounts.getByRole("radio", { name: "Other" }));
    await typeByKeyboard(form.getByLabel("Other amount"), "7");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Your gift: $7 monthly", exact: true })).toBeVisible();
  });

  await test.step("pays in Stripe's form", async () => {
    const checkout = await waitForCheckout(page);
    await typeByKeyboard(checkout.getByLabel("Email"), email);
    await typeByKeyboard(checkout.getByLabel("Card number"), TEST_CARDS.paid);
    await typeByKeyboard(checkout.getByLabel("Expiry (MM / YY)"), "12 / 34");
    await typeByKeyboard(checkout.getByLabel("Security code (CVC)"), "123");
    await typeByKeyboard(checkout.getByLabel("Name on card"), "Anna Reader");
    await typeByKeyboard(checkout.getByLabel("Postal code"), "SW1A 1AA");
    await pressByKeyboard(checkout.getByRole("button", { name: /^(Pay|Donate|Subscribe)/ }));
  });

  await test.step("is thanked, and goes on", async () => {
    await expectThanksPage(page);
    await waitForMail(email, "thanks");
    await pressByKeyboard(page.getByRole("button", { name: "Email me my sign-in link" }));
    await expect(page.getByRole("heading", { level: 1, name: "Check your email" })).toBeVisible();
  });
});

/**
 * Returns an empty string if a reader can see which element has the focus, and otherwise a description of the fault.
 */
function unseenFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "no element has the focus";
    // A radio button or a field can show its focus on the element beside or around it.
    const marks = [focused, focused.nextElementSibling, focused.closest(".field-box")];
    const isMarked = marks.some((mark) => mark && getComputedStyle(mark).outlineStyle !== "none");
    const { top, bottom } = focused.getBoundingClientRect();
    const isInWindow = top >= 0 && bottom <= innerHeight;
    return isMarked && isInWindow ? "" : `${focused.outerHTML.slice(0, 120)}: ${isMarked} ${isInWindow}`;
  });
}
