import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { publication } from "@/publication";
import { AboutYourGift } from "./about-your-gift";

function draw(recipient: Partial<typeof publication.recipient> | { isTaxDeductible: true } | { registration: null }) {
  const facts = { ...publication, recipient: { ...publication.recipient, ...recipient } };
  return renderToStaticMarkup(<AboutYourGift locale="en" publication={facts} isNeutral={false} />);
}

test("names the recipient, the contact, the time for refunds and the device's storage", () => {
  const html = draw({});
  const { contact, recipient, productName } = publication;
  for (const fact of [recipient.legalName, recipient.registration, recipient.address, productName])
    expect(html).toContain(`<dd>${fact}</dd>`);
  expect(html).toContain(`href="mailto:${contact}"`);
  expect(html).toContain(`within ${recipient.refundDays} days`);
  expect(html).toContain("localStorage");
});

test("claims a registration and a tax deduction only if the publication has them", () => {
  expect(draw({})).toContain("Gifts are not tax-deductible.");
  expect(draw({ isTaxDeductible: true })).not.toContain("Gifts are not tax-deductible.");
  expect(draw({ registration: null })).not.toContain("<dt>Registered</dt>");
});
