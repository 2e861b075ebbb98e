import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { publication } from "@/publication";
import { AboutGivingPage } from "./about-your-gift";

function render(recipient: Partial<typeof publication.recipient> | { isTaxDeductible: true } | { registration: null }) {
  const facts = { ...publication, recipient: { ...publication.recipient, ...recipient } };
  return renderToStaticMarkup(<AboutGivingPage locale="en" publication={facts} isHighRisk={false} />);
}

test("states the recipient, the contact, the refund period and the device's storage", () => {
  const html = render({});
  const { contact, recipient, productName } = publication;
  for (const fact of [recipient.legalName, recipient.registration, recipient.address, productName])
    expect(html).toContain(`<dd>${fact}</dd>`);
  expect(html).toContain(`href="mailto:${contact}"`);
  expect(html).toContain(`within ${recipient.refundDays} days`);
  expect(html).toContain("localStorage");
});

test("claims a registration and a tax deduction only if the publication has them", () => {
  expect(render({})).toContain("Gifts are not tax-deductible.");
  expect(render({ isTaxDeductible: true })).not.toContain("Gifts are not tax-deductible.");
  expect(render({ registration: null })).not.toContain("<dt>Registered</dt>");
});
