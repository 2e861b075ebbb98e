import { describe, expect, test } from "vitest";
import { publication } from "../../publication";
import { listMailExamples } from "../testing/mail-examples";
import { renderMail } from "./render";

const context = { locale: "ru", publication, siteUrl: "https://give.news.example" };
/**
 * Leaves out two e-mails that can contain other languages. The e-mail about a colleague's access quotes pages that need
 * not be in Russian, and a letter is in its author's language.
 */
const examples = listMailExamples().filter(({ mail }) => !["staff-news", "letter"].includes(mail.kind));

describe.each(examples)("the e-mail $name in Russian", ({ mail, giftStatus, links }) => {
  const rendered = renderMail(mail, { ...context, giftStatus, links });

  test("has no English sentence, no unfilled placeholder and no doubled full stop", () => {
    const own = rendered.text.replaceAll(publication.name, "").replaceAll(/https?:\S+|\S+@\S+/g, "");
    expect(own).toMatch(/[а-яё]/);
    expect(own.match(/[a-z]+ [a-z]+|[{}]|г\.\./g)).toBeNull();
  });

  test("has a neutral subject if the publication asks for one", () => {
    const neutral = { ...context, giftStatus, links, publication: { ...publication, neutralSubjects: true } };
    expect(renderMail(mail, neutral).subject).toBe("Сообщение для вас");
  });
});

test("links to pages that all languages share open in Russian, even below a gift's own page", () => {
  Object.assign(publication, { languages: ["en", "ru"] });
  const gift = "https://give.news.example/your-gift/token?language=ru";
  const paths = examples.flatMap(({ mail, giftStatus, links }) => {
    const { text } = renderMail(mail, { ...context, giftStatus, links: { ...links, gift: links.gift && gift } });
    return text.match(/https:\/\/give\.news\.example\/(?:supporters|sign-in|address-change|your-gift)\S*/g) ?? [];
  });
  Object.assign(publication, { languages: ["en"] });
  expect(paths).toContain("https://give.news.example/your-gift/token/pay?language=ru");
  expect(paths.filter((path) => new URL(path).searchParams.get("language") !== "ru")).toEqual([]);
});
