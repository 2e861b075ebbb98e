// The publication, language and links that every mail is drawn with, besides its own values.
import "server-only";
import { type Translate, translator } from "../../content/messages";
import { formatMoney, type Money } from "../../domain/money";
import type { Publication } from "../../domain/publication";
import type { FootLine } from "./sheet";

/** Signed links of this one mail. Null where it has none: a mail to staff, a gift that does not repeat. */
export type MailLinks = {
  /** A page that stops mail to this address. */
  wrongAddress: string | null;
  /** A page that pauses or ends the recurring gift that the mail is about. */
  gift: string | null;
  /** A page that ends the reminder or the letters that the mail belongs to. */
  leave?: string | null;
  /** A page that confirms the reminder that somebody asked for. */
  confirm?: string | null;
};

export type Setting = {
  locale: string;
  publication: Publication;
  siteUrl: string;
  links: MailLinks;
  /** The status of the recurring gift that the mail is about, when it is sent. */
  giftStatus?: string | undefined;
};

/** The words, amounts and days of a mail, in its reader's language and on the newsroom's clock. */
export function wordsOf({ locale, publication }: Pick<Setting, "locale" | "publication">): {
  t: Translate;
  amount: (money: Money) => string;
  day: (at: string) => string;
} {
  const { timeZone } = publication;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  return {
    t: translator(locale),
    amount: (money) => formatMoney(money, { locale, exact: true }),
    day: (at) => days.format(new Date(at)),
  };
}

/** The foot of a mail about money. */
export function moneyFoot({ locale, publication, siteUrl, links }: Setting): FootLine[] {
  const t = translator(locale);
  return [
    ...(links.gift ? [{ text: t("mail.foot.gift"), link: { label: t("mail.foot.gift-link"), url: links.gift } }] : []),
    t("mail.thanks.no-password"),
    { text: t("mail.foot.about"), link: { label: t("mail.foot.about-link"), url: `${siteUrl}/about-your-gift` } },
    t("mail.questions", { contact: publication.contact }),
  ];
}
