// Stripe's error object: every refusal of the API leaves through here, in the shape that the official package parses.
export type ErrorType = "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";

export interface ErrorDetails {
  status: number;
  type?: ErrorType;
  message: string;
  code?: string;
  param?: string;
  /** More fields of the error object: decline_code, charge, payment_intent … */
  more?: Record<string, unknown>;
  /** A declined card leaves a failed charge behind: what was written before the error stays written. */
  keepsState?: boolean;
}

export class StripeError extends Error {
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails) {
    super(details.message);
    this.details = details;
  }

  body(requestId: string) {
    const { type = "invalid_request_error", code, message, param, more } = this.details;
    const error: Record<string, unknown> = { type, message, ...more };
    if (code)
      Object.assign(error, { code, doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll("_", "-")}` });
    if (param) error.param = param;
    error.request_log_url = `https://dashboard.stripe.com/test/logs/${requestId}`;
    return { error };
  }
}

export function invalid(message: string, more: { code?: string; param?: string; status?: number } = {}): StripeError {
  return new StripeError({ status: 400, message, ...more });
}

/** 404 for an id in the path, 400 for an id inside a parameter: that is how Stripe tells them apart. */
export function missing(noun: string, id: string, param = "id"): StripeError {
  const status = param === "id" ? 404 : 400;
  return new StripeError({ status, message: `No such ${noun}: '${id}'`, code: "resource_missing", param });
}

/** What Stripe has and this stand-in has not: said loudly, so that nobody builds on silence. */
export function notBuilt(what: string): StripeError {
  const message = `stripe-sandbox has not built this: ${what}`;
  process.stderr.write(`501 ${message}\n`);
  return new StripeError({ status: 501, type: "api_error", code: "not_built", message });
}
