// The receipt of one payment, made to be printed.
import { translator } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { Publication } from "@/domain/publication";
import type { OwnGift } from "@/domain/supporters/own-gifts";
import { frequencyWords } from "../giving/frequency-words";
import { formatDay } from "../site/format-day";

type ReceiptProps = { locale: string; gift: OwnGift; publication: Publication };

export function Receipt({ locale, gift, publication }: ReceiptProps) {
  const t = translator(locale);
  const { word, every } = frequencyWords(t, gift.frequency);
  const lines = [
    [t("supporters.receipt.to"), publication.name],
    [t("supporters.receipt.date"), formatDay(gift.paidAt, { locale })],
    [t("supporters.receipt.for"), t(`supporters.receipt.for.${word}`, { product: publication.productName, every })],
    [t("supporters.receipt.number"), gift.paymentId],
    [t("supporters.receipt.amount"), formatMoney(gift.money, { locale, exact: true })],
  ];
  return (
    <article className="receipt">
      <p className="receipt-name">{publication.name}</p>
      <h1>{t("supporters.receipt.title")}</h1>
      <dl className="receipt-lines">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t("supporters.receipt.thanks")}</p>
      <p className="supporters-note">{t("supporters.receipt.contact", { contact: publication.contact })}</p>
    </article>
  );
}
