// Tests that every mail to readers can be said in Russian: nothing is left in English, and no value is missing.
import { describe, expect, test } from "vitest";
import { publication } from "../../publication";
import { listMailExamples } from "../testing/mail-examples";
import { renderMail } from "./render";

const setting = { locale: "ru", publication, siteUrl: "https://give.news.example" };
/** Staff read the words of the newsroom's pages, and a letter is in the language of its author. */
const examples = listMailExamples().filter(({ mail }) => !["staff-news", "letter"].includes(mail.kind));

describe.each(examples)("the mail $name in Russian", ({ mail, giftStatus, links }) => {
  const rendered = renderMail(mail, { ...setting, giftStatus, links });

  test("has no English sentence, no open argument and no second full stop", () => {
    const own = rendered.text.replaceAll(publication.name, "").replaceAll(/https?:\S+|\S+@\S+/g, "");
    expect(own).toMatch(/[а-яё]/);
    expect(own.match(/[a-z]+ [a-z]+|[{}]|г\.\./g)).toBeNull();
  });

  test("has a neutral subject if the publication asks for one", () => {
    const neutral = { ...setting, giftStatus, links, publication: { ...publication, neutralSubjects: true } };
    expect(renderMail(mail, neutral).subject).toBe("Сообщение для вас");
  });
});
