export type ErrorType = "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";

export type ErrorDetails = {
  status: number;
  type?: ErrorType;
  message: string;
  code?: string;
  param?: string;
  /** More fields of the error object, such as decline_code or charge. */
  more?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** The id that was not found. An object with this id can still exist in the account's other mode (live or test). */
  missingId?: string;
  /**
   * True if the stand-in stores what the call has changed, although the call fails. For example, it stores the failed
   * charge of a declined card.
   */
  keepsState?: boolean;
};

export class SimulatedStripeError extends Error {
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

export function invalidRequest(
  message: string,
  more: { code?: string; param?: string; status?: number } = {},
): SimulatedStripeError {
  return new SimulatedStripeError({ status: 400, message, ...more });
}

/**
 * Returns the error for an id that does not exist. As at Stripe, it is 404 for an id in the path, and 400 for an id in
 * a parameter.
 */
export function notFoundError(noun: string, id: string, param = "id"): SimulatedStripeError {
  const status = param === "id" ? 404 : 400;
  return new SimulatedStripeError({
    status,
    message: `No such ${noun}: '${id}'`,
    code: "resource_missing",
    param,
    missingId: id,
  });
}

/** Returns a 429 error that the `stripe` package does not retry. */
export function rateLimitError(reason = "global-rate"): SimulatedStripeError {
  const message =
    "Request rate limit exceeded. Learn more about rate limits here: https://stripe.com/docs/rate-limits. You can contact Stripe support at https://support.stripe.com/ for more information.";
  const headers = { "stripe-rate-limited-reason": reason };
  return new SimulatedStripeError({ status: 429, message, code: "rate_limit", headers });
}

/** Returns a 429 error that the `stripe` package retries. */
export function lockTimeoutError(): SimulatedStripeError {
  const message =
    "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate. For more details, see https://stripe.com/docs/rate-limits#object-lock-timeouts.";
  const headers = { "stripe-should-retry": "true" };
  return new SimulatedStripeError({ status: 429, message, code: "lock_timeout", headers });
}

/** Returns a 501 for a feature of Stripe that the stand-in does not have, and writes it to stderr. */
export function unsupportedError(what: string): SimulatedStripeError {
  const message = `stripe-sandbox has not built this: ${what}`;
  process.stderr.write(`501 ${message}\n`);
  return new SimulatedStripeError({ status: 501, type: "api_error", code: "not_built", message });
}
