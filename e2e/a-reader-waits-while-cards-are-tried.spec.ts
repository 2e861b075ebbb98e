// Tests that a reader has to wait if a program in the same network starts many gifts, for example to try stolen cards.
import { giftForm } from "./giving";
import { expect, STRIPE_STAND_IN_URL, test } from "./world";

test.use({ javaScriptEnabled: false });

const AT_ONE_ADDRESS = "192.0.2.77";
/**
 * The length of the window in which the site counts gifts. It must equal RATE_LIMIT_WINDOW_MINUTES in
 * domain/giving/rate-limits.ts.
 */
const WINDOW_MS = 10 * 60_000;
const windowNow = () => Math.floor(Date.now() / WINDOW_MS);

test("a reader without JavaScript waits behind a program, and then gives", async ({ page, context, request }) => {
  await context.setExtraHTTPHeaders({ "x-forwarded-for": AT_ONE_ADDRESS });
  const headers = { "sec-fetch-site": "same-origin", "x-forwarded-for": AT_ONE_ADDRESS };

  const begin = async () => {
    const form = await (await request.get("/give/token")).text();
    const fields = { every: "once", currency: "USD", amount: "25", form };
    return (await request.post("/give/start", { form: fields, headers, maxRedirects: 0 })).headers().location ?? "";
  };

  await test.step("a program starts gift after gift, and ten of them open Checkout; the reader comes behind it", async () => {
    // The site counts started gifts in windows of ten minutes, aligned to the clock. If a new window begins during
    // these requests, all of them are repeated.
    for (let window = -1; window !== windowNow(); ) {
      window = windowNow();
      const places = await Promise.all(Array.from({ length: 14 }, begin));
      await page.goto("/give?every=once&amount=30");
      await giftForm(page).getByRole("button", { name: "Continue to payment" }).click();
      await page.waitForURL(/\/give\/wait\?|\/c\/pay\//);
      if (window !== windowNow()) continue;
      expect(places.filter((place) => place.startsWith(STRIPE_STAND_IN_URL))).toHaveLength(10);
      expect(places.filter((place) => place.startsWith("/give/wait?"))).toHaveLength(4);
    }
  });

  await test.step("the reader is asked to wait", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "One moment, please" })).toBeVisible();
    await expect(page.getByText(/You can continue in/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Back to the form" })).toHaveAttribute("href", /amount=30/);
  });

  await test.step("the page reloads by itself and lets the reader continue", async () => {
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await expect(page).toHaveURL(new RegExp(`^${STRIPE_STAND_IN_URL}/`));
    await expect(page.getByText("$30.00").first()).toBeVisible();
  });
});
