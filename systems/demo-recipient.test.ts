import { expect, test } from "vitest";
import { publication } from "../publication";
import { refuseDemoRecipient } from "./demo-recipient";

const own = { legalName: { en: "Harbour News Ltd" }, registration: null, address: "4 Quay, Bergen", taxNote: "" };
const recipient = { ...own, isTaxDeductible: false, refundDays: 30 };

test("the demo's recipient may ask for test money only", () => {
  expect(() => refuseDemoRecipient(publication, { live: false })).not.toThrow();
  expect(() => refuseDemoRecipient(publication, { live: true })).toThrow(
    "publication.ts still names the demo's recipient",
  );
});

test("a real recipient may take real money, once every placeholder is gone", () => {
  expect(() => refuseDemoRecipient({ recipient }, { live: true })).not.toThrow();
  for (const left of ["legalName", "registration", "address", "taxNote"] as const)
    expect(() =>
      refuseDemoRecipient({ recipient: { ...recipient, [left]: publication.recipient[left] } }, { live: true }),
    ).toThrow("demo's recipient");
});
