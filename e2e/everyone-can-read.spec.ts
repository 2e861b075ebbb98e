import AxeBuilder from "@axe-core/playwright";
import { CARD, giftForm, give, payAtCheckout } from "./giving";
import { linkIn, nextMailTo } from "./mail";
import { signInAs } from "./signing-in";
import { expect, firstArticle, type Locator, type Page, someMailbox, test } from "./world";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [360, 1440];
const SCHEMES = ["light", "dark"] as const;

/** Every look of the page that is open: phone and desktop, light and dark; and nothing wider than the window. */
async function expectReadable(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS)
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`,
      );
      expect(found, `${name}, ${width} px, ${colorScheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${name} at ${width} px is wider than the window`).toBeLessThanOrEqual(0);
    }
  await expectReflow(page, name);
}

/** WCAG 1.4.10 and 1.4.4: a window of 320 px, and text of twice the size, widen no page. */
async function expectReflow(page: Page, name: string): Promise<void> {
  for (const { width, textSize } of [
    { width: 320, textSize: "100%" },
    { width: 390, textSize: "200%" },
  ]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate((size) => document.documentElement.style.setProperty("font-size", size), textSize);
    // The newsroom's chart follows the window a moment later.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
        message: `${name} at ${width} px, text ${textSize}, is wider than the window`,
      })
      .toBeLessThanOrEqual(0);
  }
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
}

/** Opens the first of these links and waits until its page has replaced this one: axe must not read the two at once. */
async function follow(page: Page, links: Locator): Promise<void> {
  const from = page.url();
  await links.first().click();
  await page.waitForURL((url) => url.href !== from);
}

test("axe finds nothing on the pages of a reader", async ({ page }) => {
  test.slow();
  const article = await firstArticle(page);
  for (const place of [
    "/",
    article,
    "/give",
    "/give?every=year&amount=1&currency=KWD",
    "/give?problem=unreachable",
    "/thank-you",
  ]) {
    await page.goto(place);
    await expectReadable(page, place);
  }
  await page.goto(article);
  await page.getByRole("button", { name: "Show the appeal again" }).click();
  await expectReadable(page, "an article with the banner open");
});

test.describe(() => {
  test.use({ expectedMessages: [/status of 404/] });
  test("axe finds nothing on a page that is not there", async ({ page }) => {
    await page.goto("/nowhere");
    await expectReadable(page, "/nowhere");
  });
});

test("axe finds nothing from Checkout to the thanks", async ({ page }) => {
  test.slow();
  await page.goto("/give?every=month&amount=20");
  await giftForm(page).getByRole("button").click();
  await expect(page.getByLabel("Card number")).toBeVisible();
  await expectReadable(page, "Checkout");
  await payAtCheckout(page, { email: someMailbox("axe-checkout"), card: CARD.paid });
  await expect(page.getByRole("heading", { level: 1, name: "Thank you", exact: true })).toBeVisible();
  await expectReadable(page, "the thank-you page");
});

test("axe finds nothing in the supporters' rooms", async ({ page }) => {
  test.slow();
  const email = someMailbox("axe");
  await give(page, { every: "month", amount: "20", currency: "KWD", email });
  await nextMailTo(email);

  await page.goto("/sign-in");
  await expectReadable(page, "sign in");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await expectReadable(page, "link sent");
  await page.goto(linkIn(await nextMailTo(email, 2), "/sign-in/confirm"));
  await expectReadable(page, "confirm");
  await page.getByRole("button", { name: "Sign me in" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "For supporters" })).toBeVisible();
  await expectReadable(page, "/supporters");
  for (const link of [/^Receipt/, /^Change the amount/, /^Cancel$/]) {
    await page.goto("/supporters");
    await follow(page, page.getByRole("link", { name: link }));
    await expectReadable(page, String(link));
  }
  await page.goto("/supporters");
  await follow(page, page.getByRole("region", { name: "Letters from the newsroom" }).getByRole("link"));
  await expectReadable(page, "a letter");
});

test("axe finds nothing where the letters are closed", async ({ page }) => {
  await page.goto("/supporters");
  await signInAs(page, someMailbox("axe-closed"));
  await expect(page.getByRole("heading", { name: "These letters are for supporters" })).toBeVisible();
  await expectReadable(page, "closed letters");
});

test("axe finds nothing in the newsroom", async ({ page }) => {
  test.slow();
  await give(page, { every: "once", amount: "7", email: someMailbox("axe-newsroom") });
  await page.goto("/sign-in?next=/newsroom");
  await signInAs(page, "editor@example.org");
  await expect(page.getByRole("heading", { level: 1, name: "Newsroom" })).toBeVisible();
  await expectReadable(page, "/newsroom");
});
