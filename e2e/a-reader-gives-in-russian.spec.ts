// Gives in Russian in a browser that prefers English: only the URL asks for Russian.
import { TEST_CARDS, waitForCheckout } from "./giving";
import { getLinkIn, listMailsTo, type Mail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths, expectFitAtAllWidths, expectFitForPhone } from "./readable";
import { stripeClient } from "./stripe";
import { expect, makeUniqueMailAddress, type Page, test } from "./world";

const NBSP = "\u00a0";

test("a reader of Russian reads, gives, pays, is thanked, gets the e-mail and signs in without a word of English", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("in-russian");
  const banner = page.getByRole("region", { name: "Обращение редакции" }).and(page.locator("[data-banner]"));
  let article = "";

  await test.step("finds the Russian front page from the English one, and an article there", async () => {
    await page.goto("/");
    const toRussian = page.getByRole("contentinfo").getByRole("link", { name: "Русский" });
    await expectPressable(toRussian, { smallestPx: 20 });
    await toRussian.click();
    await expect(page).toHaveURL(/\/ru$/);
    await expectRussian(page);
    await expectAccessibleAtAllWidths(page, "the Russian front page");
    await page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link").first().click();
    await expect(page).toHaveURL(/\/articles\//);
    article = new URL(page.url()).pathname;
    await expectRussian(page);
    await expectFitAtAllWidths(page, "a Russian article");
  });

  await test.step("gives in the banner", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const again = page.getByRole("button", { name: "Снова показать обращение" });
    await expectPressable(again);
    await again.click();
    await expect(banner.getByRole("button", { name: "Поддержать", exact: true })).toHaveAttribute(
      "aria-expanded",
      "true",
    );
    await banner.getByRole("radio", { name: "Разово" }).check();
    await banner.getByLabel("Валюта").selectOption("EUR");
    await banner.getByRole("radio", { name: "Другая", exact: true }).and(page.locator(":visible")).check();
    await banner.getByLabel("Другая сумма").fill("5,50");
    const give = banner.getByRole("button", { name: `Пожертвовать 5,50${NBSP}€` });
    await expectPressable(give);
    await give.click();
  });

  await test.step("pays in Stripe's form, which is Russian, too", async () => {
    await expect(page.getByRole("heading", { level: 1, name: `Ваше пожертвование: 5,50${NBSP}€` })).toBeVisible();
    await expectRussian(page);
    await expectFitAtAllWidths(page, "the Russian payment page");
    const gift = new URL(page.url()).searchParams.get("gift");
    const { data } = await stripeClient().checkout.sessions.list({ limit: 100 });
    expect(data.find((session) => session.client_reference_id === gift)?.locale).toBe("ru");
    await payInRussian(page, email);
  });

  await test.step("is thanked on the page", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Спасибо", exact: true })).toBeVisible();
    await expect(page.getByText(`Ваше пожертвование (5,50${NBSP}€) получено.`)).toBeVisible();
    await expectRussian(page);
    await expectFitAtAllWidths(page, "the Russian thank-you page");
    await expectFitForPhone(page, "the Russian thank-you page");
    const back = page.getByRole("complementary", { name: "Вернуться к статье" }).getByRole("link").first();
    await expect(back).toHaveAttribute("href", article);
  });

  await test.step("is thanked by e-mail", async () => {
    const mail = await waitForSubject(email, /^Спасибо! Квитанция от редакции/);
    expect(mail.text).toContain(`5,50${NBSP}€`);
    expectNoEnglish(mail.text);
  });

  await test.step("signs in, and sees the area and the receipt in Russian", async () => {
    const send = page.getByRole("button", { name: "Прислать мне ссылку для входа" });
    await expectPressable(send);
    await send.click();
    const mail = await waitForSubject(email, /[Вв]ход/);
    expectNoEnglish(mail.text);
    await page.goto(getLinkIn(mail, "/sign-in/confirm"));
    const accept = page.getByRole("main").getByRole("button");
    await expectPressable(accept);
    await accept.click();
    await expect(page.getByRole("heading", { level: 1, name: "Личная страница" })).toBeVisible();
    await expectRussian(page);
    await expectFitAtAllWidths(page, "the Russian area");
    await expectFitForPhone(page, "the Russian area");
    const receipt = page.getByRole("link", { name: /^Квитанция/ }).first();
    await expectPressable(receipt, { smallestPx: 20 });
    await receipt.click();
    await expect(page).toHaveURL(/\/supporters\/gifts\//);
    await expectRussian(page);
    await expect(page.getByText("не дают права на налоговый вычет")).toBeVisible();
  });
});

async function payInRussian(page: Page, email: string): Promise<void> {
  const checkout = await waitForCheckout(page);
  await checkout.getByLabel("Эл. почта").fill(email);
  await checkout.getByLabel("Номер карты").fill(TEST_CARDS.paid);
  await checkout.getByLabel("Срок действия (ММ / ГГ)").fill("12 / 34");
  await checkout.getByLabel("Код безопасности (CVC)").fill("123");
  await checkout.getByLabel("Имя на карте").fill("Anna Reader");
  const pay = checkout.getByRole("button", { name: /^(Оплатить|Пожертвовать) / });
  await expectPressable(pay);
  await pay.click();
}

async function expectRussian(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  expectNoEnglish(await textOf(page));
}

/** Returns the page's text without the links to other languages, because each of these is in its own language. */
async function textOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const foreign = [...document.querySelectorAll<HTMLElement>("[lang]:not([lang=ru])")];
    for (const each of foreign) each.hidden = true;
    const text = document.body.innerText;
    for (const each of foreign) each.hidden = false;
    return text;
  });
}

/**
 * Words that Russian texts write in Latin letters. "support" is part of "Reader support", the gift's name at Stripe and
 * at the bank.
 */
const LATIN = ["cookie", "localStorage", "support"];

/**
 * Expects no English word in the text. Words with a capital letter can be names, so they are allowed in any language.
 */
function expectNoEnglish(text: string): void {
  const words = text.replace(/\S+@\S+|https?:\S+/g, "").match(/(?<![\p{L}\p{N}_-])[a-z][A-Za-z]*/gu) ?? [];
  expect(
    words.filter((word) => !LATIN.includes(word)),
    "English among the Russian",
  ).toEqual([]);
}

async function waitForSubject(email: string, subject: RegExp): Promise<Mail> {
  const find = async () => (await listMailsTo(email)).find((mail) => subject.test(mail.subject));
  await expect.poll(find, { message: `mail ${subject}`, intervals: [50, 100, 200] }).toBeTruthy();
  const mail = await find();
  if (!mail) throw new Error("the mailbox lost a mail");
  return mail;
}
