// What Stripe told us and can never enter the books, with a reason that staff can read. Ids, names of fields and Stripe's own words;
// nothing of a person.

export type Fault = "missing" | "unreadable" | "negative" | "large";

export type Reason =
  /** The endpoint sends objects in the words of an older version of Stripe's API. */
  | { why: "api-version"; version: string }
  | { why: "currency"; object: string; currency: string }
  /** `field`: `charge.amount`. */
  | { why: "value"; object: string; field: string; fault: Fault }
  /** More would have gone back than was given. */
  | { why: "refund-too-large"; refund: string; payment: string }
  | { why: "refund-currency"; refund: string; payment: string }
  /** The payment is in the books with another amount or currency. */
  | { why: "other-amount"; payment: string }
  | { why: "unknown" };

/** Trying again helps only once the site, its settings or what Stripe answers has changed. */
export class Unrecordable extends Error {
  constructor(
    readonly reason: Reason,
    options?: ErrorOptions,
  ) {
    super(wordsFor(reason, options?.cause), options);
    this.name = "Unrecordable";
  }
}

/** Of any error: its own reason, or that there is none to tell. */
export function reasonOf(error: unknown): Reason {
  return error instanceof Unrecordable ? error.reason : { why: "unknown" };
}

/** As a row keeps it; one that cannot be read must not hide the row. */
export function parseReason(text: string | null): Reason {
  try {
    return JSON.parse(text ?? "") as Reason;
  } catch {
    return { why: "unknown" };
  }
}

/** For the log; what staff read is in content/messages. */
function wordsFor(reason: Reason, cause: unknown): string {
  switch (reason.why) {
    case "api-version":
      return `this endpoint sends API version ${reason.version}`;
    case "currency":
      return `${reason.object} is in ${reason.currency}, which this site does not take`;
    case "value":
      return `${reason.field} of ${reason.object} is ${reason.fault}`;
    case "refund-too-large":
      return `with refund ${reason.refund} more of payment ${reason.payment} would have gone back than was given`;
    case "refund-currency":
      return `refund ${reason.refund} is in another currency than payment ${reason.payment}`;
    case "other-amount":
      return `payment ${reason.payment} was recorded with another amount`;
    case "unknown":
      return cause instanceof Error ? cause.message : String(cause);
  }
}
