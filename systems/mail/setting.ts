// The publication, language and links with which every mail is rendered, besides its own values.
import "server-only";
import { type Translate, translator } from "../../content/messages";
import { withNoBreakSpaces } from "../../domain/calendar";
import { localizedPath, pathWithLanguageParam } from "../../domain/languages";
import { formatMoney, type Money } from "../../domain/money";
import type { Publication } from "../../domain/publication";
import type { FootLine } from "./sheet";

/** The signed links of a mail. A link that the mail does not need is null or missing, such as `gift` in a mail about a single gift. */
export type MailLinks = {
  /** The page that stops mail to this address. */
  wrongAddress: string | null;
  /** The page that pauses or ends the recurring gift that the mail is about. */
  gift: string | null;
  /** The page that ends the reminder or the letters that the mail belongs to. */
  leave?: string | null;
  /** The page that confirms the reminder that somebody asked for. */
  confirm?: string | null;
};

export type MailSetting = {
  locale: string;
  publication: Publication;
  siteUrl: string;
  links: MailLinks;
  /** The recurring gift's status when the mail is sent, if the mail is about a recurring gift. */
  giftStatus?: string | undefined;
};

/** Returns the functions that format a mail's words, amounts and days, in its reader's language and the newsroom's time zone. */
export function formattersOf({ locale, publication }: Pick<MailSetting, "locale" | "publication">): {
  t: Translate;
  amount: (money: Money) => string;
  day: (at: string) => string;
} {
  const { timeZone } = publication;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  return {
    t: translator(locale),
    amount: (money) => formatMoney(money, { locale, exact: true }),
    day: (at) => withNoBreakSpaces(days.format(new Date(at))),
  };
}

/** The URL of a page that all languages share. It opens in the mail's language. */
export function siteLink({ locale, publication, siteUrl }: MailSetting, path: string): string {
  return siteUrl + pathWithLanguageParam(path, locale, publication);
}

/** The foot of a mail about money. */
export function moneyFoot({ locale, publication, siteUrl, links }: MailSetting): FootLine[] {
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
