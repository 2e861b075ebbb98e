import "server-only";
import { type Translate, translator } from "../../content/messages";
import { joinNumbersToWordsWithNoBreakSpaces } from "../../domain/calendar";
import { localizedPath, pathWithLanguageParam } from "../../domain/languages";
import { formatMoney, type Money } from "../../domain/money";
import type { Publication } from "../../domain/publication";
import type { MailFooterLine } from "./mail-content";

/** A link that the e-mail does not need is null or missing; for example, `gift` in an e-mail about a single gift. */
export type MailLinks = {
  /** The page that stops e-mail to this address. */
  wrongAddress: string | null;
  /** The page that pauses or ends the recurring gift that the e-mail is about. */
  gift: string | null;
  /** The page that ends this reminder, or stops the letters. */
  leave?: string | null;
  /** The page that confirms the reminder that somebody asked for. */
  confirm?: string | null;
};

export type MailContext = {
  locale: string;
  publication: Publication;
  siteUrl: string;
  links: MailLinks;
  /**
   * The recurring gift's status when the e-mail is sent. Undefined for an e-mail that is not about a recurring gift.
   */
  giftStatus?: string | undefined;
};

export function formattersOf({ locale, publication }: Pick<MailContext, "locale" | "publication">): {
  t: Translate;
  amount: (money: Money) => string;
  day: (at: string) => string;
} {
  const { timeZone } = publication;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  return {
    t: translator(locale),
    amount: (money) => formatMoney(money, { locale, alwaysDecimals: true }),
    day: (at) => joinNumbersToWordsWithNoBreakSpaces(days.format(new Date(at))),
  };
}

/**
 * Returns the URL of a page whose path is the same in all languages. Unless the e-mail is in the default language, adds
 * `?language=`, so that the page opens in the e-mail's language.
 */
export function siteLink({ locale, publication, siteUrl }: MailContext, path: string): string {
  return siteUrl + pathWithLanguageParam(path, locale, publication);
}

export function paymentMailFooterLines({ locale, publication, siteUrl, links }: MailContext): MailFooterLine[] {
  const t = translator(locale);
  return [
    ...(links.gift ? [{ text: t("mail.foot.gift"), link: { label: t("mail.foot.gift-link"), url: links.gift } }] : []),
    t("mail.thanks.no-password"),
    {
      text: t("mail.foot.about"),
      link: { label: t("mail.foot.about-link"), url: siteUrl + localizedPath(locale, "/about-your-gift", publication) },
    },
    t("mail.questions", { contact: publication.contact }),
  ];
}
