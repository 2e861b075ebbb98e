// The reasons why the site could not record an object or event. A reason contains ids, field names and Stripe's own
// terms, but no personal data.

export type UnrecordableStripeObject = { id: string; reason: UnrecordableReason };

export type StripeValueFault = "missing" | "unreadable" | "negative" | "large";

export type UnrecordableReason =
  /** The webhook endpoint sends objects of an unsupported version of Stripe's API. */
  | { why: "api-version"; version: string }
  | { why: "currency"; object: string; currency: string }
  /** `field`: the object and its field in Stripe's API, for example `charge.amount`. */
  | { why: "value"; object: string; field: string; fault: StripeValueFault }
  /** All refunds together would exceed the payment. */
  | { why: "refund-too-large"; refund: string; payment: string }
  | { why: "refund-currency"; refund: string; payment: string }
  /** The ledger has a different amount or currency for the payment. */
  | { why: "other-amount"; payment: string }
  | { why: "unknown" };

export class UnrecordableError extends Error {
  constructor(
    readonly reason: UnrecordableReason,
    options?: ErrorOptions,
  ) {
    super(wordsFor(reason, options?.cause), options);
    this.name = "Unrecordable";
  }
}

export function unrecordableReasonOf(error: unknown): UnrecordableReason {
  return error instanceof UnrecordableError ? error.reason : { why: "unknown" };
}

/** Parses a stored reason. An unreadable reason becomes `unknown`, so that the row is still shown. */
export function parseUnrecordableReason(text: string | null): UnrecordableReason {
  try {
    return JSON.parse(text ?? "") as UnrecordableReason;
  } catch {
    return { why: "unknown" };
  }
}

/** Returns the message of an UnrecordableError. The server's log and the row of the dead letter contain the message. */
function wordsFor(reason: UnrecordableReason, cause: unknown): string {
  switch (reason.why) {
    case "api-version":
      return `this endpoint sends API version ${reason.version}`;
    case "currency":
      return `${reason.object} is in ${reason.currency}, which this site does not know`;
    case "value":
      return `${reason.field} of ${reason.object} is ${reason.fault}`;
    case "refund-too-large":
      return `with refund ${reason.refund}, the refunds exceed payment ${reason.payment}`;
    case "refund-currency":
      return `refund ${reason.refund} is in another currency than payment ${reason.payment}`;
    case "other-amount":
      return `payment ${reason.payment} was recorded with another amount`;
    case "unknown":
      return cause instanceof Error ? cause.message : String(cause);
  }
}
