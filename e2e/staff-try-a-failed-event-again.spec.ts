import { readFileSync } from "node:fs";
import Stripe from "stripe";
import { signInAs } from "./signing-in";
import { expect, STRIPE, test } from "./world";

const EDITOR = "editor@example.org";

/** The stand-in's account of the site under test. */
function stripe(): Stripe {
  const secrets = readFileSync(".cache/journeys/secrets.env", "utf8");
  const key = /^STRIPE_SECRET_KEY="?(\w+)/m.exec(secrets)?.[1] ?? "";
  const { hostname, port } = new URL(STRIPE);
  return new Stripe(key, { host: hostname, port, protocol: "http", telemetry: false });
}

test.use({ javaScriptEnabled: false });

test("staff see which event could not be recorded, try it again without JavaScript, and are told what came of it", async ({
  page,
}) => {
  const { latest_charge } = await stripe().paymentIntents.create({
    ...{ amount: 20_000, currency: "sek", payment_method: "pm_card_visa", confirm: true },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    metadata: { gift: "g_unknown_currency", article: "", appeal: "standard", variant: "a", locale: "en" },
  });
  const { data } = await stripe().events.list({ type: "charge.succeeded" });
  const event = data.find(({ data: { object } }) => "id" in object && object.id === latest_charge);
  await page.goto("/sign-in?next=/newsroom");
  await signInAs(page, EDITOR);
  const again = page.getByRole("button", { name: `Try again: ${event?.id}` });
  await expect(async () => {
    await page.reload();
    await expect(again).toBeVisible({ timeout: 300 });
  }).toPass();
  await again.click();
  await expect(page).toHaveURL(/\/newsroom\?recorded=0&failed=1$/);
  await expect(page.getByText("None could be recorded; one could not be recorded.")).toBeVisible();
  await expect(again).toBeVisible();
});
