import { giveInBrowser } from "./giving";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, test } from "./world";

test("a supporter goes back: one press ends the gift, erases them, and leaves nothing on the device", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("going-back");

  await test.step("gives monthly, and signs in", async () => {
    await giveInBrowser(page, { interval: "month", amount: "10", email });
    await signInByRequests(page, email);
    await page.goto("/supporters");
    await expect(page.getByRole("heading", { name: "$10 a month" })).toBeVisible();
  });

  await test.step("reads what goes and what remains", async () => {
    const way = page.getByRole("link", { name: "I am going back" });
    await expectPressable(way);
    await way.click();
    await expect(page.getByText("Your gift of $10 a month ends at once")).toBeVisible();
    await expect(page.getByText("The line on your bank statement, with the name and the number")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "erase");
  });

  await test.step("presses once", async () => {
    const press = page.getByRole("button", { name: "I am going back: erase my data and hide the banner" });
    await expectPressable(press);
    await press.click();
    await expect(page.getByRole("heading", { level: 1, name: "Your data is erased here" })).toBeVisible();
    await expect(
      page.getByText("our banner rests on it for at least 30 days, as for any reader who says “not now”"),
    ).toBeVisible();
    await expectAccessibleAtAllWidths(page, "erased");
  });

  await test.step("the device says nothing of a gift, and is signed out", async () => {
    const memory = await page.evaluate(() => JSON.parse(localStorage.getItem("appeal") ?? "{}"));
    const at = expect.any(Number);
    expect(memory).toEqual({
      views: [at],
      closed: { way: "not-now", at },
      gift: null,
      sentForms: {},
      trial: null,
      currency: "",
      quietUntil: 0,
    });
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name }) => name).filter((name) => name.includes("session"))).toEqual([]);
  });

  await test.step("the same address finds nothing any more", async () => {
    await signInByRequests(page, email);
    await page.goto("/supporters");
    await expect(page.getByText("We hold no such gift from your address.")).toBeVisible();
    await expect(page.getByRole("link", { name: "I am going back" })).toHaveCount(0);
  });
});
