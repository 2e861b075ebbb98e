import { describe, expect, test } from "vitest";
import type { PaymentMailValues, RefundMailValues } from "../../domain/ledger/outbox";
import { publication } from "../../publication";
import { LINKS_IN_EXAMPLE_MAILS, listMailExamples } from "../testing/mail-examples";
import { mailContentAsHtml } from "./mail-content";
import { renderMail } from "./render";

const context = {
  locale: "en",
  publication,
  siteUrl: "https://give.news.example",
  links: { wrongAddress: null, gift: null },
};
const gift: PaymentMailValues = {
  paymentId: "pay_4f1c",
  amountMinor: 2050,
  currency: "EUR",
  frequency: "monthly",
  paidAt: "2026-11-22T22:30:00.000Z",
};

function thanks(values: Partial<PaymentMailValues>) {
  return renderMail({ kind: "thanks", values: { ...gift, ...values } }, context);
}

describe("an e-mail of thanks", () => {
  test("is a receipt with publication, date, exact amount, frequency, number, and the way to change the gift", () => {
    const { subject, text } = thanks({});
    expect(subject).toBe(`Thank you: your receipt from ${publication.name}`);
    expect(text).toContain(`Paid to          ${publication.recipient.legalName}`);
    expect(text).toContain("Amount           €20.50");
    expect(text).toContain("Frequency        Every month");
    expect(text).toContain("Receipt number   pay_4f1c");
    expect(text).toContain("https://give.news.example/supporters");
  });

  test("links to the page about the money's recipient", () => {
    expect(thanks({}).text).toContain("https://give.news.example/about-your-gift");
  });

  test("shows the date in the newsroom's time zone", () => {
    expect(thanks({}).text).toContain("Date             November 23, 2026");
  });

  test.each([
    [2000, "USD", "$20.00"],
    [1500, "JPY", "¥1,500"],
    [1500, "KWD", "KWD 1.500"],
  ] as const)("writes %i minor units of %s as %s", (amountMinor, currency, shown) => {
    expect(thanks({ amountMinor, currency }).text.replaceAll("\u00a0", " ")).toContain(shown);
  });

  test("says “no further charge” only for a single gift", () => {
    expect(thanks({ frequency: "once" }).text).toContain("Nothing more will be charged");
    expect(thanks({ frequency: "yearly" }).text).not.toContain("Nothing more will be charged");
    expect(thanks({ frequency: "yearly" }).text).toContain("repeats until you end it");
  });
});

describe("an e-mail of thanks for a recurring gift", () => {
  test("names a frequency that the form does not offer", () => {
    expect(thanks({ frequency: "every-3-month" }).text).toContain("Frequency        Every 3 months");
    expect(thanks({ frequency: "every-1-week" }).text).toContain("Frequency        Every week");
  });

  test("says that it is the second recurring gift, and how to keep only one", () => {
    const { text, html } = thanks({ isSecond: true });
    expect(text).toContain("You already had a recurring gift");
    expect(html).toContain("or keep only one</a>");
    expect(thanks({ isSecond: false }).text).not.toContain("already");
  });
});

describe("an e-mail with a receipt", () => {
  const render = (values: Partial<PaymentMailValues>, keptMinor = 2050) =>
    renderMail({ kind: "receipt", values: { ...gift, ...values, keptMinor } }, context).text;

  test.each([
    ["once", (values: Partial<PaymentMailValues>) => thanks({ ...values, frequency: "once" }).text],
    ["every month", (values: Partial<PaymentMailValues>) => thanks(values).text],
    ["again", render],
  ])("%s: names the gift and the covered card fee, which add up to the amount", (_, text) => {
    const covered = text({ coveredFeeMinor: 50 });
    expect(covered).toMatch(/\nGift +€20\.00\nCard fee that you covered +€0\.50\n-+\nAmount +€20\.50\n/);
    expect(text({})).not.toMatch(/Card fee|\nGift /);
  });

  test("names the card fee and the amount kept if the gift was refunded in part", () => {
    expect(render({ coveredFeeMinor: 50 }, 1050)).toMatch(
      /\nCard fee that you covered +€0\.50\nAmount +€20\.50\n-+\nKept +€10\.50\n/,
    );
  });
});

describe("an e-mail about a bank debit", () => {
  const debit = (kind: "debit-pending" | "debit-bounced", frequency: PaymentMailValues["frequency"]) =>
    renderMail({ kind, values: { ...gift, frequency } }, context);

  test.each(["once", "monthly", "yearly"] as const)(
    "on its way, %s: says that it takes days, and is not a receipt",
    (every) => {
      const { subject, text } = debit("debit-pending", every);
      expect(subject).toBe(`Your gift to ${publication.name} is on its way`);
      expect(text).toContain("We have asked your bank for €20.50, which takes a few days.");
      expect(text).not.toMatch(/receipt number|has arrived\. It pays/i);
      expect(text.includes("Nothing more will be charged")).toBe(every === "once");
    },
  );

  test.each(["once", "monthly", "yearly"] as const)(
    "bounced, %s: says that nothing is owed, and does not thank",
    (every) => {
      const { subject, text } = debit("debit-bounced", every);
      expect(subject).toBe(`A bank payment to ${publication.name} did not go through`);
      expect(text).toContain("Your bank did not send the €20.50");
      expect(text).toContain("You owe nothing.");
      expect(text).not.toMatch(/thank/i);
      expect(text).toContain(
        every === "once" ? "https://give.news.example/give" : "https://give.news.example/supporters",
      );
    },
  );
});

describe("an e-mail about a refund", () => {
  const refunded: RefundMailValues = {
    ...gift,
    refundId: "re_1",
    givenMinor: 2050,
    refundedAt: "2026-11-24T21:30:00Z",
  };
  const render = (more: Partial<RefundMailValues>) =>
    renderMail({ kind: "refunded", values: { ...refunded, ...more } }, context);

  test("names the amount, the gift and both dates in the newsroom's time zone, and links to the receipt", () => {
    const { subject, text } = render({ amountMinor: 1000 });
    expect(subject).toBe(`Your refund from ${publication.name}`);
    expect(text).toContain("We have refunded €10.00 of the €20.50 that you gave on November 23, 2026.");
    expect(text).toContain("Refunded         €10.00");
    expect(text).toContain("On               November 25, 2026");
    expect(text).toContain("https://give.news.example/supporters/gifts/pay_4f1c");
  });

  test("names one amount for a full refund, and asks for nothing", () => {
    const { text } = render({});
    expect(text).toContain("We have refunded the €20.50 that you gave on November 23, 2026.");
    expect(text).not.toMatch(/sorry|thank you|give again/i);
  });

  test("says that a recurring gift may continue after one payment is refunded", () => {
    expect(render({ frequency: "monthly" }).text).toContain("This is about one payment only.");
    expect(render({ frequency: "once" }).text).not.toContain("This is about one payment only.");
  });
});

describe("an e-mail about a refund that failed", () => {
  const failed: RefundMailValues = { ...gift, refundId: "re_1", givenMinor: 2050, refundedAt: "2026-11-24T21:30:00Z" };
  const render = (more: Partial<RefundMailValues>) =>
    renderMail({ kind: "refund-failed", values: { ...failed, ...more } }, context);

  test("names the refund, where the money is, and whom to write to", () => {
    const { subject, text } = render({ amountMinor: 1000 });
    expect(subject).toBe(`Your refund from ${publication.name} did not go through`);
    expect(text).toContain(
      "On November 25, 2026 we refunded €10.00 of the €20.50 that you gave on November 23, 2026. Your bank could not accept the refund, and the money has come back to us.",
    );
    expect(text).toContain(`Write to ${publication.contact}, and we will find another way to send it.`);
    expect(text).toMatch(/\nNot received +€10\.00\n/);
    expect(text).toContain("This is about one payment only.");
    expect(text).toContain("https://give.news.example/supporters/gifts/pay_4f1c");
  });

  test("names one amount for a full refund, and does not thank", () => {
    const { text } = render({ frequency: "once" });
    expect(text).toContain("we refunded the €20.50 that you gave on November 23, 2026.");
    expect(text).not.toMatch(/thank you|one payment only/i);
  });
});

describe("a sign-in e-mail", () => {
  const mail = renderMail({ kind: "sign-in", values: { token: "a+b/c=&d", next: "/supporters?x=1&y=2" } }, context);
  const link = "https://give.news.example/sign-in/confirm?token=a%2Bb%2Fc%3D%26d&next=%2Fsupporters%3Fx%3D1%26y%3D2";

  test("contains the complete link, as text and as HTML", () => {
    expect(mail.text).toContain(`\n${link}\n`);
    expect(mail.html).toContain(`href="${link.replaceAll("&", "&amp;")}"`);
  });

  test("says how long the link works and what to do if you did not request it", () => {
    expect(mail.text).toContain("for 15 minutes");
    expect(mail.text).toContain("If it was not you who asked, do nothing");
  });
});

describe("an e-mail to staff about a burst", () => {
  test("says since when, in the newsroom's time zone, and where to look", () => {
    const { subject, text } = renderMail({ kind: "burst", values: { beganAt: "2026-11-22T22:30:00.000Z" } }, context);
    expect(subject).toBe(`More gifts than usual are being started at ${publication.name}`);
    expect(text.replace(/\s/g, " ")).toContain("Since Nov 23, 2026, 1:30 AM, more gifts");
    expect(text).toContain("Radar");
    expect(text).toContain("https://give.news.example/sign-in?next=/newsroom");
  });
});

describe.each(listMailExamples())("the e-mail $name", ({ mail, links }) => {
  test("loads no remote content and runs no script", () => {
    const { html } = renderMail(mail, { ...context, links });
    expect(html).not.toMatch(/<img|<script|<link|<iframe|url\(|@import|@font-face|src=/i);
  });

  test("has every link of its HTML in its text", () => {
    const { text, html } = renderMail(mail, { ...context, links });
    const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
    if (links.wrongAddress) expect(hrefs.length).toBeGreaterThan(0);
    for (const href of hrefs) expect(text).toContain(`\n${href}\n`);
  });

  test("has a rule before its foot only if it has a foot", () => {
    const { text, html } = renderMail(mail, { ...context, links });
    expect(text).not.toMatch(/-- \s*$/);
    expect(html).not.toMatch(/border-top:[^>]+>\s*<\/div>/);
  });

  test("keeps a masked address on one line", () => {
    expect(renderMail(mail, { ...context, links }).html).not.toContain("…@");
  });

  test("offers a way to stop e-mail to a wrong address, except to staff and to somebody who was erased", () => {
    const { text } = renderMail(mail, { ...context, links });
    if (["burst", "staff-news", "summary", "erased"].includes(mail.kind)) expect(text).not.toContain("Stop mail");
    else expect(text).toContain(`Stop email to this address\n${LINKS_IN_EXAMPLE_MAILS.wrongAddress}\n`);
  });

  test("shows nothing about a gift in a list of e-mails if the publication asks for neutral subjects", () => {
    const neutral = { ...context, publication: { ...publication, neutralSubjects: true } };
    const { subject, html } = renderMail(mail, neutral);
    expect(subject).toBe("A message for you");
    expect(
      html
        .replace(/^.*?<body[^>]*>/s, "")
        .replaceAll(/<[^>]+>|\s+/g, " ")
        .trim(),
    ).toMatch(/^Open the message/);
  });
});

describe("the HTML of an e-mail", () => {
  test("escapes every value", () => {
    const hostile = `<script>alert("1")</script>&'`;
    const { html } = thanks({ paymentId: hostile });
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
  });

  test("shows the second of two actions as a plain link", () => {
    const [first, second] = [
      { label: "Pay", url: "https://give.news.example/pay" },
      { label: "Later", url: "https://give.news.example/later" },
    ];
    const sheet = { from: "P", subject: "S", title: "T", paragraphs: [], table: null, foot: [] };
    const html = mailContentAsHtml({ ...sheet, actions: [first, second] }, { locale: "en", publication });
    expect(styleOf(html, "Pay")).toContain(`background:${publication.accent.light}`);
    expect(styleOf(html, "Later")).not.toContain("background");
  });
});

function styleOf(html: string, label: string): string {
  return new RegExp(`style="([^"]*)">${label}</a>`).exec(html)?.[1] ?? "";
}
