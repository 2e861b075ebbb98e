import { CARD, chooseOwnSum, giftForm, payAtCheckout } from "./giving";
import { nextMailTo } from "./mail";
import { expect, firstArticle, someMailbox, test } from "./world";

test("a reader gives €5 once on an article and is thanked by mail", async ({ page }) => {
  const email = someMailbox("once");
  await page.goto(await firstArticle(page));
  const form = giftForm(page, page.getByRole("main"));
  await chooseOwnSum(form, { every: "Once", own: "5", currency: "EUR" });
  await form.getByRole("button", { name: "Give €5" }).click();
  await expect(page.getByText("€5.00").first()).toBeVisible();
  await payAtCheckout(page, { email, card: CARD.paid });

  await expect(page.getByRole("heading", { level: 1, name: "Thank you", exact: true })).toBeVisible();
  await expect(page.getByText("Your gift of €5 has arrived.")).toBeVisible();

  const thanks = await nextMailTo(email);
  expect(thanks.subject).toMatch(/^Thank you/);
  expect(thanks.text).toContain("€5");
});

test("the mail comes once, however often the thank-you page is opened", async ({ page }) => {
  const email = someMailbox("reload");
  await page.goto("/give?every=once&amount=12&currency=GBP");
  await giftForm(page).getByRole("button", { name: "Give £12" }).click();
  await payAtCheckout(page, { email, card: CARD.paid });
  const thanked = page.getByRole("heading", { level: 1, name: "Thank you", exact: true });
  await expect(thanked).toBeVisible();
  await nextMailTo(email);
  for (let time = 0; time < 3; time++) {
    await page.reload();
    await expect(thanked).toBeVisible();
  }
  const { mailTo } = await import("./mail");
  expect(await mailTo(email)).toHaveLength(1);
});

test("whoever opens the thank-you page of another is told nothing and is not signed in", async ({ page }) => {
  await page.goto("/thank-you?session=cs_test_somebodyelse");
  await expect(page.getByRole("heading", { name: "We know of no gift here" })).toBeVisible();
  await page.goto("/supporters");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
