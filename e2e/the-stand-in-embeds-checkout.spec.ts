import { expect, type Page, test } from "@playwright/test";
import { createStandInAccount, fillInCheckout, startPageServer } from "./stand-in";
import { STRIPE_STAND_IN_URL } from "./world";

const { stripe, publishableKey } = createStandInAccount();

const SITE_PAGE = `<!doctype html><title>A site</title><div id="checkout"></div><p id="state"></p>`;

async function openSession(more: { return_url?: string; redirect_on_completion?: "never" }) {
  const price_data = { currency: "usd", unit_amount: 2_000, product_data: { name: "Reader support" } };
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "embedded_page",
    line_items: [{ quantity: 1, price_data }],
    ...more,
  });
  return { id: session.id, secret: session.client_secret ?? "" };
}

/** Embeds Checkout in the page with the real @stripe/stripe-js, as a site does. */
async function mount(page: Page, clientSecret: string): Promise<void> {
  const settings = { key: publishableKey, secret: clientSecret };
  await page.evaluate(async ({ key, secret }) => {
    const address = "/stripe-js.mjs";
    const { loadStripe } = await import(address);
    const stripe = await loadStripe(key);
    const onComplete = () => {
      const state = document.querySelector("#state");
      if (state) state.textContent = "completed";
    };
    const checkout = await stripe.createEmbeddedCheckoutPage({ fetchClientSecret: async () => secret, onComplete });
    checkout.mount("#checkout");
  }, settings);
}

async function pay(page: Page): Promise<void> {
  const frame = page.frameLocator("iframe[name=embedded-checkout]");
  await fillInCheckout(frame);
  await frame.getByRole("button", { name: /^Pay / }).click();
}

test("a site embeds Checkout with the real stripe-js, and the payer returns to it", async ({ page }) => {
  const site = await startPageServer(SITE_PAGE);
  const session = await openSession({ return_url: `${site.url}/thanks?session={CHECKOUT_SESSION_ID}` });
  await page.route("https://js.stripe.com/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: `${STRIPE_STAND_IN_URL}${pathname}` }) });
  });
  const warnings: string[] = [];
  page.on("console", (message) => warnings.push(message.text()));
  await page.goto(site.url);
  await mount(page, session.secret);
  await pay(page);
  await expect(page).toHaveURL(`${site.url}/thanks?session=${session.id}`);
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
  expect(warnings).toEqual([]);
  await site.stop();
});

test("a page that loads stripe.js itself is told of the payment by onComplete, without a redirect", async ({
  page,
}) => {
  const site = await startPageServer(`${SITE_PAGE}<script src="${STRIPE_STAND_IN_URL}/stripe.js"></script>`);
  const session = await openSession({ redirect_on_completion: "never" });
  await page.goto(site.url);
  await mount(page, session.secret);
  await pay(page);
  await expect(page.locator("#state")).toHaveText("completed");
  await expect(page).toHaveURL(`${site.url}/`);
  await site.stop();
});

test("a stripe.js method that is not implemented fails and names itself", async ({ page }) => {
  const site = await startPageServer(`${SITE_PAGE}<script src="${STRIPE_STAND_IN_URL}/stripe.js"></script>`);
  await page.goto(site.url);
  const message = await page.evaluate(async (key) => {
    const address = "/stripe-js.mjs";
    const { loadStripe } = await import(address);
    const stripe = await loadStripe(key);
    try {
      return String(stripe.elements());
    } catch (failure) {
      return String(failure);
    }
  }, publishableKey);
  expect(message).toContain("stripe-sandbox has not built this in stripe.js: stripe.elements()");
  await site.stop();
});
