import { expect, test } from "vitest";
import { paymentStandingOf } from "./payment-standing";

const row = { status: "succeeded", amountMinor: 1000n, currency: "USD", refundedMinor: 0n, disputedMinor: 0n };

test.each([
  ["on-its-way", 0, { status: "pending" }],
  ["failed", 0, { status: "failed" }],
  ["kept", 1000, {}],
  ["partly-returned", 700, { refundedMinor: 300n }],
  ["returned", 0, { refundedMinor: 1000n }],
  ["held-by-bank", 0, { disputedMinor: 1000n }],
  ["held-by-bank", 600, { disputedMinor: 400n }],
  ["held-by-bank", 0, { refundedMinor: 300n, disputedMinor: 700n }],
  // In the next two cases, the refund and the lost dispute together return more than was paid.
  ["held-by-bank", 0, { refundedMinor: 300n, disputedMinor: 1000n }],
  ["returned", 0, { refundedMinor: 1000n, disputedMinor: 1000n }],
] as const)("the state is %s, with %i minor units left, for the columns %o", (standing, amountMinor, more) => {
  expect(paymentStandingOf({ ...row, ...more })).toEqual({ standing, kept: { amountMinor, currency: "USD" } });
});

test("what is left of a payment is in the payment's own currency", () => {
  const yen = { ...row, currency: "JPY", refundedMinor: 1n };
  expect(paymentStandingOf(yen).kept).toEqual({ amountMinor: 999, currency: "JPY" });
});
