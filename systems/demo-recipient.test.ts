import { expect, test } from "vitest";
import { publication } from "../publication";
import { refuseDemoRecipient } from "./demo-recipient";

const own = { legalName: "Harbour News Ltd", registration: null, address: "4 Quay, Bergen", isTaxDeductible: false };
const recipient = { ...own, refundDays: 30 };

test("refuses the demo's recipient with a live key", () => {
  expect(() => refuseDemoRecipient(publication, { live: false })).not.toThrow();
  expect(() => refuseDemoRecipient(publication, { live: true })).toThrow(
    "publication.ts still names the demo's recipient",
  );
});

test("accepts a real recipient with a live key once every placeholder is replaced", () => {
  expect(() => refuseDemoRecipient({ recipient }, { live: true })).not.toThrow();
  for (const left of ["legalName", "registration", "address"] as const)
    expect(() =>
      refuseDemoRecipient({ recipient: { ...recipient, [left]: publication.recipient[left] } }, { live: true }),
    ).toThrow("demo's recipient");
});
