// The printable receipt of one payment. Refunds and disputes since then amend it.
import { translator } from "@/content/messages";
import { formatMoney, type Money } from "@/domain/money";
import type { Publication } from "@/domain/publication";
import type { OwnReceipt } from "@/domain/supporters/own-gifts";
import { frequencyWords } from "../giving/frequency-words";
import { formatDay } from "../site/format-day";

type ReceiptProps = { locale: string; receipt: OwnReceipt; publication: Publication };

export function Receipt({ locale, receipt, publication }: ReceiptProps) {
  const t = translator(locale);
  const { paymentId, paidAt, frequency, money, kept, amendments } = receipt;
  const { word, every } = frequencyWords(t, frequency);
  const isAmended = amendments.length > 0;
  const sum = (money: Money) => formatMoney(money, { locale, exact: true });
  const line = (name: "to" | "date" | "for" | "number" | "given" | "amount" | "kept", value: string) => ({
    id: name,
    name: t(`supporters.receipt.${name}`),
    value,
  });
  const lines = [
    line("to", publication.name),
    line("date", formatDay(paidAt, { locale })),
    line("for", t(`supporters.receipt.for.${word}`, { product: publication.productName, every })),
    line("number", paymentId),
    line(isAmended ? "given" : "amount", sum(money)),
    ...amendments.map(({ id, kind, money: moved, at }) => ({
      id,
      name: t(`supporters.receipt.${kind}`, { day: formatDay(at, { locale }) }),
      value: sum(moved),
    })),
    ...(isAmended ? [line("kept", sum(kept))] : []),
  ];
  return (
    <article className="receipt">
      <p className="receipt-name">{publication.name}</p>
      <h1>{t(isAmended ? "supporters.receipt.amended-title" : "supporters.receipt.title")}</h1>
      <dl className="receipt-lines">
        {lines.map(({ id, name, value }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t(kept.amountMinor > 0 ? "supporters.receipt.thanks" : "supporters.receipt.nothing-kept")}</p>
      <p className="supporters-note">{t("supporters.receipt.contact", { contact: publication.contact })}</p>
    </article>
  );
}
