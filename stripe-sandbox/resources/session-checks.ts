// What makes a Checkout Session impossible, in Stripe's order and words; and what its lines add up to.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid, notBuilt } from "../http/errors";
import { withoutEmpty } from "../http/route";
import { formatSum, LARGEST_AMOUNT, tooSmall } from "../money";
import { priceFrom } from "./prices";
import type { Create } from "./session-params";

export function checkChoices(params: Create): void {
  const { mode } = params;
  if (mode === "setup") throw notBuilt("checkout sessions in setup mode");
  if (params.ui_mode && params.ui_mode !== "hosted_page") throw notBuilt(`checkout ui_mode ${params.ui_mode}`);
  if (params.automatic_tax?.enabled) throw notBuilt("automatic tax");
  if (!params.success_url) throw missingParam("success_url");
  if (!params.line_items?.length) throw missingParam("line_items");
  if (params.customer && params.customer_email)
    throw invalid("You may only specify one of these parameters: customer, customer_email.", { param: "customer" });
  const misplaced = mode === "payment" ? "subscription_data" : "payment_intent_data";
  if (params[misplaced]) throw invalid(`You can not pass \`${misplaced}\` in \`${mode}\` mode.`, { param: misplaced });
  if (mode === "subscription" && params.customer_creation)
    throw invalid("`customer_creation` can only be used in `payment` and `setup` mode.", {
      param: "customer_creation",
    });
}

function missingParam(param: string) {
  return invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

export function expiryOf(account: Account, given: number | null | undefined): number {
  const now = account.now();
  const expiresAt = given ?? now + 24 * 3600;
  const param = "expires_at";
  // Stripe allows some seconds for the way: a caller's "now plus 30 minutes" arrives later than it was computed.
  if (expiresAt < now + 30 * 60 - 60)
    throw invalid("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", { param });
  if (expiresAt > now + 24 * 3600 + 60)
    throw invalid("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", { param });
  return expiresAt;
}

type LineParams = NonNullable<Create["line_items"]>[number];

export function lineItemOf(account: Account, line: LineParams, index: number): Stripe.LineItem {
  const at = `line_items[${index}]`;
  const price = priceFrom(account, line, at);
  const quantity = line.quantity ?? 1;
  const amount = (price.unit_amount ?? 0) * quantity;
  const product = account.find("product", String(price.product));
  return {
    id: account.newId("li_"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product?.name ?? null,
    metadata: withoutEmpty(line.metadata),
    price,
    quantity,
  };
}

export function totalOf(lines: Stripe.LineItem[], mode: "payment" | "subscription" | "setup") {
  const currency = lines[0]?.currency ?? "usd";
  const param = "line_items";
  if (lines.some((line) => line.currency !== currency))
    throw invalid("Checkout does not support multiple line items with different currencies.", { param });
  const recurring = lines.filter((line) => line.price?.recurring);
  if (mode === "payment" && recurring.length > 0)
    throw invalid(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param },
    );
  if (mode === "subscription" && recurring.length === 0)
    throw invalid("You must provide at least one recurring price in `subscription` mode when using prices.", { param });
  if (mode === "subscription" && recurring.length < lines.length) throw notBuilt("one-time lines in subscription mode");
  const intervals = new Set(
    recurring.map(({ price }) => `${price?.recurring?.interval_count} ${price?.recurring?.interval}`),
  );
  if (intervals.size > 1) throw invalid("All recurring prices must have the same interval.", { param });
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  checkTotal(total, currency);
  return { total, currency };
}

function checkTotal(total: number, currency: string): void {
  const least = tooSmall({ amount: total, currency });
  if (least) {
    const message = `The Checkout Session's total amount due must add up to at least ${formatSum(least)} ${least.currency}`;
    throw invalid(message, { code: "amount_too_small" });
  }
  if (total > LARGEST_AMOUNT) {
    const most = formatSum({ amount: LARGEST_AMOUNT, currency });
    throw invalid(`The Checkout Session's total amount due must be no more than ${most} ${currency}`, {
      code: "amount_too_large",
    });
  }
}
