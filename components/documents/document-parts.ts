import type { Translate } from "@/content/messages";
import { dayOn } from "@/domain/calendar";
import { type TextOrTextByLanguage, wordingIn } from "@/domain/localized";
import type { Publication } from "@/domain/publication";
import type { DocumentContent, DocumentLine } from "@/domain/supporters/document-content";
import { formatDay } from "../site/format-day";

/** `now`: the time at which the document is issued. `receiptName`: the name that the supporter typed for receipts. */
export type DocumentTextContext = { t: Translate; publication: Publication; now: Date; receiptName?: string | null };

type CommonParts = Pick<DocumentContent, "language" | "name" | "issuer" | "issuedOn" | "pageOf">;

export function commonDocumentParts({ t, publication, now }: DocumentTextContext): CommonParts {
  const { name, recipient, timeZone } = publication;
  const facts = [recipient.legalName, recipient.registration, recipient.address].map(textIn({ t, publication }));
  return {
    language: t.locale,
    name,
    issuer: facts.filter(Boolean),
    issuedOn: dayOn(now, timeZone),
    pageOf: (page, pages) => t("document.page", { page, pages }),
  };
}

export function receiptNameLines({ t, receiptName }: DocumentTextContext): DocumentLine[] {
  return receiptName ? [{ id: "by", name: t("document.given-by"), value: receiptName }] : [];
}

export function issueDateLine(context: DocumentTextContext): DocumentLine {
  return { id: "drawn-up", name: context.t("document.drawn-up"), value: formatDocumentDay(context.now, context) };
}

/** Formats a day in the publication's time zone, which every receipt and statement names. */
export function formatDocumentDay(
  at: Date,
  { t, publication, style }: Pick<DocumentTextContext, "t" | "publication"> & { style?: "long" | "short" },
): string {
  return formatDay(at, { locale: t.locale, style, timeZone: publication.timeZone });
}

/** Returns the notes below a document. `specificNotes`: the notes that only this kind of document has. */
export function documentNotes({ t, publication }: DocumentTextContext, specificNotes: string[]): string[] {
  const { contact, recipient, timeZone } = publication;
  return [
    ...specificNotes,
    textIn({ t, publication })(recipient.taxNote),
    t("document.time-zone", { zone: zoneName(t.locale, timeZone), timeZone }),
    t("supporters.receipt.contact", { contact }),
  ].filter(Boolean);
}

function textIn({ t, publication }: Pick<DocumentTextContext, "t" | "publication">) {
  const { defaultLanguage } = publication;
  return (words: TextOrTextByLanguage | null) => wordingIn(words ?? "", { locale: t.locale, defaultLanguage });
}

/**
 * The time for which zoneName() asks. It is recent, because names of time zones change: in 1970 Berlin's was "Central
 * European Standard Time".
 */
const RECENT = Date.UTC(2026, 0, 1);

/** Returns a generic name, such as "Central European Time", which is the same in summer and winter. */
function zoneName(locale: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "longGeneric" }).formatToParts(RECENT);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}
