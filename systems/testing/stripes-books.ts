import {
  accountIdOf,
  advanceAccountClock,
  monthlyGiftParams,
  oneTimeGiftParams,
  submitCheckoutForm,
  TEST_API_KEY,
} from "stripe-sandbox/testing";
import { makeTestGiftMetadata } from "./own-metadata";
import type { StandIn } from "./stand-in";

const metadata = makeTestGiftMetadata();

export function testEnvironmentFor({ url }: Pick<StandIn, "url">): Record<string, string> {
  return {
    SITE_URL: "http://127.0.0.1:3000",
    DATABASE_URL: "file:/dev/null/never-opened.db",
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
    STRIPE_API_BASE: url,
    SMTP_URL: "smtp://127.0.0.1:9",
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  };
}

/**
 * Makes single gifts (kept, partly refunded, with a failed refund, disputed) and a monthly gift. Also makes two
 * payments, a refund and a dispute of another product.
 */
export async function makeVariousGifts({ stripe, sandbox }: Pick<StandIn, "stripe" | "sandbox">): Promise<void> {
  const pays = async (amount: number, currency: string, card = "4242 4242 4242 4242", own = true) => {
    const payment_intent_data = own ? { metadata } : {};
    const session = await stripe.checkout.sessions.create({
      ...oneTimeGiftParams(amount, currency),
      payment_intent_data,
      metadata: own ? metadata : {},
    });
    await submitCheckoutForm(session, { cardNumber: card });
    return String((await stripe.checkout.sessions.retrieve(session.id)).payment_intent);
  };
  await pays(2_000, "usd");
  await pays(5_000, "kwd");
  const refunded = await pays(3_000, "eur");
  await stripe.refunds.create({ payment_intent: refunded, amount: 1_000 });
  await stripe.refunds.create({ payment_intent: refunded, amount: 500, reason: "requested_by_customer" });
  const failing = await pays(1_500, "jpy", "4000 0000 0000 5126");
  await stripe.refunds.create({ payment_intent: failing });
  await pays(4_000, "gbp", "4000 0000 0000 0259");
  const foreign = await pays(9_900, "usd", "4242 4242 4242 4242", false);
  await stripe.refunds.create({ payment_intent: foreign, amount: 100 });
  await pays(7_700, "usd", "4000 0000 0000 0259", false);
  const monthly = await stripe.checkout.sessions.create({
    ...monthlyGiftParams(),
    subscription_data: { metadata },
    metadata,
  });
  await submitCheckoutForm(monthly);
  // Advances Stripe's clock by eight days, in which a refund fails and the first payouts are sent to the bank.
  await advanceAccountClock(sandbox, accountIdOf(TEST_API_KEY), 8 * 86_400);
}
