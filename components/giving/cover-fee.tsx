// The box with which a reader covers the card fee, unchecked. The stylesheet shows the words for the chosen currency, and no box where the
// publication names no fee (giving.css). Without a script the words name the fee as a rule; the script names it in money.
import type { Translate } from "@/content/messages";
import { cardFeeOf, feeTerms } from "@/domain/giving/covered-fee";
import { COVER_FIELD, COVERED, type GiftForm } from "@/domain/giving/gift-form";
import { formatMoney, money } from "@/domain/money";
import { type CardFee, type Currency, currenciesOf, type Publication } from "@/domain/publication";

type CoverFeeProps = { t: Translate; publication: Publication; form: GiftForm };

export function CoverFee({ t, publication, form }: CoverFeeProps) {
  const fees = currenciesOf(publication).map((currency) => ({ currency, fee: cardFeeOf(publication, currency) }));
  if (fees.every(({ fee }) => fee === null)) return null;
  return (
    <label className="gift-cover">
      <input type="checkbox" name={COVER_FIELD} value={COVERED} defaultChecked={form.coversFee} />
      <span className="by-currency">
        {fees.map(({ currency, fee }) => (
          <span key={currency} data-fee={fee ? JSON.stringify(feeTerms(fee, currency)) : undefined}>
            {fee ? t("giving.cover.rule", { fee: feeWords(t, { currency, fee }) }) : null}
          </span>
        ))}
      </span>
    </label>
  );
}

/** The box for a recurring gift that changes, in the gift's own currency. `isChecked`: as it is now, or as it was typed. */
export function KeepCoveringFee({ t, publication, currency, isChecked }: KeepProps) {
  const fee = cardFeeOf(publication, currency);
  if (!fee) return null;
  return (
    <label className="cover-again">
      <input type="checkbox" name={COVER_FIELD} value={COVERED} defaultChecked={isChecked} />
      <span>{t("giving.cover.rule", { fee: feeWords(t, { currency, fee }) })}</span>
    </label>
  );
}

type KeepProps = Pick<CoverFeeProps, "t" | "publication"> & { currency: Currency; isChecked: boolean };

/** The fee as a rule: "2.9% + $0.30". */
function feeWords({ locale }: Translate, { currency, fee }: { currency: Currency; fee: CardFee }): string {
  const percent = new Intl.NumberFormat(locale, { style: "unit", unit: "percent", maximumFractionDigits: 4 });
  const share = percent.format(fee.percent as Intl.StringNumericLiteral);
  return /^[0.]+$/.test(fee.fixed) ? share : `${share} + ${formatMoney(money(fee.fixed, currency), { locale })}`;
}
