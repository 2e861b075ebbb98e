// Declares parameters that Stripe has, but the stand-in does not support. A call with one of them gets a 501 instead of
// an "unknown parameter" error.
import { declareUnsupportedParams } from "../http/params";

export const UNSUPPORTED_PAYMENT_METHOD_PARAMS =
  declareUnsupportedParams(`acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit
  bacs_debit bancontact billie bizum blik boleto card_present cashapp crypto customer_balance demo_pay eps fpx giropay
  grabpay ideal interac_present kakao_pay klarna konbini kr_card link mb_way mobilepay multibanco naver_pay
  nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay revolut_pay samsung_pay satispay
  scalapay sequra sofort sunbit swish twint upi us_bank_account wechat_pay zip`);
