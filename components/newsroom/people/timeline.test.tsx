import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { MAIL_KINDS } from "@/domain/ledger/outbox";
import { TimelineList } from "./timeline";

test.each(MAIL_KINDS)("a Russian timeline names the mail %s in Russian", (kind) => {
  expect(mailText("ru", kind)).toMatch(/^Письмо: [а-яё ,]+$/);
});

test("the timeline says that both mailboxes were told of a changed address", () => {
  expect(mailText("en", "address-changed")).toBe("Mail: the address has changed, to the new mailbox");
  expect(mailText("en", "address-left")).toBe("Mail: the address has changed, to the old mailbox");
});

test("the timeline shows a mail of another version of the site by the name that is stored", () => {
  expect(mailText("ru", "postcard")).toBe("Письмо: postcard");
});

function mailText(locale: string, mail: string): string | undefined {
  const event = { key: "mail:1", at: new Date(0), kind: "mail", mail, state: "sent" } as const;
  const list = { t: translator(locale), path: "", isFirstPage: true, timeZone: "UTC", findHeadline: () => null };
  const html = renderToStaticMarkup(<TimelineList {...list} timeline={{ events: [event], next: null }} />);
  return /<div>(.*?)<\/div>/.exec(html)?.[1];
}
