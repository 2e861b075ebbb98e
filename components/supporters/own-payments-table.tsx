import { type Translate, translator } from "@/content/messages";
import { formatMoney, type Money } from "@/domain/money";
import { hasArrived, type OwnPayment } from "@/domain/supporters/own-gifts";
import { frequencyPhrase } from "../giving/frequency-words";
import { formatDay } from "../site/format-day";
import { ScrollTable } from "../ui/scroll-table";

type OwnPaymentsTableProps = {
  locale: string;
  ownPayments: readonly OwnPayment[];
  /** True if the table shows only the payments of one recurring gift. */
  isOfOneGift?: boolean;
};

export function OwnPaymentsTable({ locale, ownPayments, isOfOneGift = false }: OwnPaymentsTableProps) {
  const t = translator(locale);
  return (
    <section className="supporters-section supporters-gifts">
      <h2 id="gifts">{t(isOfOneGift ? "supporters.payments" : "supporters.gifts")}</h2>
      {ownPayments.length === 0 ? (
        <p>{t("supporters.gifts.none")}</p>
      ) : (
        <ScrollTable className="own-gifts" labelledBy="gifts">
          <thead>
            <tr>
              <th scope="col">{t("supporters.gifts.date")}</th>
              <th scope="col">{t("supporters.gifts.gift")}</th>
              <th scope="col">{t("supporters.gifts.status")}</th>
              <th scope="col" className="figure">
                {t("supporters.gifts.amount")}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t("supporters.gifts.receipt")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {ownPayments.map((gift) => (
              <OwnGiftRow key={gift.paymentId} t={t} gift={gift} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </section>
  );
}

function OwnGiftRow({ t, gift }: { t: Translate; gift: OwnPayment }) {
  const { locale } = t;
  const { paymentId, paidAt, frequency, standing, money, kept } = gift;
  return (
    <tr>
      <th scope="row">
        <time dateTime={paidAt.toISOString()}>{formatDay(paidAt, { locale, style: "short" })}</time>
      </th>
      <td>{frequencyPhrase(t, frequency)}</td>
      <td className={`own-gifts-${standing}`}>{t(`supporters.standing.${standing}`, keptValues(kept, locale))}</td>
      <td className="figure">{formatMoney(money, { locale, alwaysDecimals: true })}</td>
      <td className="own-gifts-receipt">
        {hasArrived(gift) ? (
          <a
            href={`/supporters/gifts/${paymentId}`}
            aria-label={t("supporters.gifts.receipt-of", { day: formatDay(paidAt, { locale }) })}
          >
            {t("supporters.gifts.receipt")}
          </a>
        ) : null}
      </td>
    </tr>
  );
}

function keptValues(kept: Money, locale: string) {
  return { kept: formatMoney(kept, { locale, alwaysDecimals: true }), left: kept.amountMinor > 0 ? "some" : "none" };
}
