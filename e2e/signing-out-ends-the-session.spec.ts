import { signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, test } from "./world";

test("a copied cookie stops working once its owner has signed out", async ({ page, context }) => {
  await signInByRequests(page, makeUniqueMailAddress("signs-out"));
  await page.goto("/supporters");
  await expect(page).toHaveURL(/\/supporters$/);
  const copied = await context.cookies();
  expect(copied.map(({ name }) => name)).toContain("session");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await context.addCookies(copied);
  await page.goto("/supporters");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});
