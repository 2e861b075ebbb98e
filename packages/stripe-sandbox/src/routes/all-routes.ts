import type { Route } from "../http/route";
import { accountRoutes } from "../resources/account-info";
import { balanceRoutes } from "../resources/balance";
import { checkoutSessionRoutes } from "../resources/checkout-sessions";
import { couponRoutes } from "../resources/coupons";
import { customerBalanceRoutes } from "../resources/customer-balance";
import { customerDiscountRoutes } from "../resources/customer-discount";
import { customerSessionRoutes } from "../resources/customer-sessions";
import { customerSourceRoutes } from "../resources/customer-sources";
import { customerRoutes } from "../resources/customers";
import { disputeRoutes } from "../resources/dispute-routes";
import { earlyFraudWarningRoutes } from "../resources/early-fraud-warnings";
import { emptyListRoutes } from "../resources/empty-lists";
import { eventRoutes } from "../resources/events";
import { fileRoutes } from "../resources/files";
import { invoiceItemRoutes } from "../resources/invoice-items";
import { mandateRoutes } from "../resources/mandates";
import { paymentLinkRoutes } from "../resources/payment-links";
import { paymentMethodRoutes } from "../resources/payment-method-routes";
import { payoutRoutes } from "../resources/payout-routes";
import { planRoutes } from "../resources/plans";
import { portalConfigurationRoutes } from "../resources/portal-configurations";
import { portalSessionRoutes } from "../resources/portal-sessions";
import { priceRoutes } from "../resources/prices";
import { productRoutes } from "../resources/products";
import { promotionCodeRoutes } from "../resources/promotion-codes";
import { refundRoutes } from "../resources/refund-routes";
import { setupAttemptRoutes } from "../resources/setup-attempts";
import { shippingRateRoutes } from "../resources/shipping-rates";
import { taxIdRoutes } from "../resources/tax-ids";
import { taxRateRoutes } from "../resources/tax-rates";
import { tokenRoutes } from "../resources/tokens";
import { webhookEndpointRoutes } from "../resources/webhook-endpoints";
import { searchRoutes } from "../search/search-routes";
import { cliPaymentPageApiRoutes } from "../stripe-cli/payment-pages";
import { stripeCliSessionRoutes } from "../stripe-cli/sessions";
import { chargeRoutes } from "./charge-routes";
import { chargeCreateRoutes } from "./direct-charges";
import { invoiceRoutes } from "./invoices";
import { paymentIntentRoutes } from "./payment-intent-routes";
import { setupIntentRoutes } from "./setup-intent-routes";
import { subscriptionItemRoutes } from "./subscription-items";
import { subscriptionRoutes } from "./subscriptions";
import { testClockRoutes } from "./test-clocks";

export const ROUTES: Route[] = [
  // These come first, because the `:id` of a later route would also match "search".
  ...searchRoutes,
  ...accountRoutes,
  ...balanceRoutes,
  ...chargeRoutes,
  ...checkoutSessionRoutes,
  ...couponRoutes,
  ...customerBalanceRoutes,
  ...customerDiscountRoutes,
  ...customerRoutes,
  ...customerSourceRoutes,
  ...customerSessionRoutes,
  ...chargeCreateRoutes,
  ...disputeRoutes,
  ...earlyFraudWarningRoutes,
  ...emptyListRoutes,
  ...eventRoutes,
  ...fileRoutes,
  ...invoiceItemRoutes,
  ...invoiceRoutes,
  ...mandateRoutes,
  ...paymentIntentRoutes,
  ...paymentLinkRoutes,
  ...paymentMethodRoutes,
  ...payoutRoutes,
  ...planRoutes,
  ...portalConfigurationRoutes,
  ...portalSessionRoutes,
  ...priceRoutes,
  ...productRoutes,
  ...promotionCodeRoutes,
  ...refundRoutes,
  ...setupAttemptRoutes,
  ...setupIntentRoutes,
  ...shippingRateRoutes,
  ...subscriptionItemRoutes,
  ...subscriptionRoutes,
  ...taxIdRoutes,
  ...taxRateRoutes,
  ...testClockRoutes,
  ...tokenRoutes,
  ...webhookEndpointRoutes,
  ...cliPaymentPageApiRoutes,
  ...stripeCliSessionRoutes,
];

/** The first path segment after /v1 of Stripe's own endpoints. */
const STRIPES_OWN = new Set(
  `account account_links account_sessions accounts apple_pay application_fees apps balance balance_history
  balance_settings balance_transactions billing billing_portal charges checkout climate confirmation_tokens
  country_specs coupons credit_notes customer_sessions customers disputes entitlements ephemeral_keys events
  exchange_rates external_accounts file_links files financial_connections forwarding identity invoice_payments
  invoice_rendering_templates invoiceitems invoices issuing link_account_sessions mandates payment_attempt_records
  payment_intents payment_links payment_method_configurations payment_method_domains payment_methods payment_pages
  payment_records payouts plans prices products promotion_codes quotes radar refunds reporting reviews setup_attempts
  setup_intents shipping_rates sigma sources stripecli subscription_items subscription_schedules subscriptions tax
  tax_codes tax_ids tax_rates terminal test_helpers tokens topups transfers treasury webhook_endpoints`.split(/\s+/),
);

export function isStripePath(path: string): boolean {
  const [, version, resource] = path.split("/");
  return version === "v2" || (version === "v1" && STRIPES_OWN.has(resource ?? ""));
}
