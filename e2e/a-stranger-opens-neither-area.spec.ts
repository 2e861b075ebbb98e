import { signInAs } from "./signing-in";
import { expect, someMailbox, test } from "./world";

// The browser's own line about a page that is not there.
test.use({ expectedMessages: [/status of 404/] });

const OWN_PLACES = [
  "/supporters",
  "/supporters/gifts/pay_x",
  "/supporters/recurring/rec_x",
  "/supporters/recurring/rec_x/cancel",
];

test("someone not signed in is sent to sign in and comes back to the same place", async ({ page }) => {
  for (const place of OWN_PLACES) {
    await page.goto(place);
    await expect(page).toHaveURL((url) => url.pathname === "/sign-in" && url.searchParams.get("next") === place);
  }
  await page.goto("/supporters");
  const letter = await page.request.get("/supporters/letters/anything", { maxRedirects: 0 });
  expect(letter.status()).toBe(307);

  await signInAs(page, someMailbox("stranger"));
  await expect(page).toHaveURL(/\/supporters$/);
});

test("someone who never gave sees why the letters are closed, and reads none of them", async ({ page }) => {
  await page.goto("/supporters");
  await signInAs(page, someMailbox("never-gave"));
  await expect(page.getByRole("heading", { level: 1, name: "These letters are for supporters" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Give, and open the letters" })).toHaveAttribute("href", "/give");
  await expect(page.getByRole("link", { name: /letters\// })).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("a stranger at the newsroom's door reads that there is no such page", async ({ page }) => {
    expect((await page.goto("/newsroom"))?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  });
});

test("the newsroom does not exist for anyone but staff", async ({ page }) => {
  expect((await page.goto("/newsroom"))?.status()).toBe(404);
  await page.goto("/supporters");
  await signInAs(page, someMailbox("curious"));
  expect((await page.goto("/newsroom"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
});

test("a sign-in link opens once, and a stranger's mailbox gets the same answer as a supporter's", async ({
  page,
  browser,
}) => {
  const email = someMailbox("link");
  await page.goto("/sign-in?next=/supporters");
  await signInAs(page, email);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const { linkIn, nextMailTo } = await import("./mail");
  const link = linkIn(await nextMailTo(email), "/sign-in/confirm");
  const other = await browser.newContext();
  const thief = await other.newPage();
  await thief.goto(link);
  await expect(thief.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await other.close();
});

test("a sign-in never leads away from the site", async ({ page }) => {
  await page.goto("/sign-in?next=https://example.com/");
  await signInAs(page, someMailbox("away"));
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/supporters$/);
});
