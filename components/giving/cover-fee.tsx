// The stylesheet shows the text for the chosen currency (giving.css). It hides the checkbox if publication.ts contains
// no card fee for that currency. Without JavaScript, the text states the fee only as a rate, such as "2.9% + $0.30".
import type { Translate } from "@/content/messages";
import { cardFeeOf, coveredFeeParameters } from "@/domain/giving/covered-fee";
import { COVER_FEE_CHECKED_VALUE, COVER_FEE_FIELD, type GiftFormValues } from "@/domain/giving/gift-form";
import { formatMoney, money } from "@/domain/money";
import { type CardFee, type Currency, currenciesOf, type Publication } from "@/domain/publication";
import { CheckBox } from "../ui/check-box";

type CoverFeeProps = { t: Translate; publication: Publication; form: GiftFormValues };

export function CoverFee({ t, publication, form }: CoverFeeProps) {
  const fees = currenciesOf(publication).map((currency) => ({ currency, fee: cardFeeOf(publication, currency) }));
  if (fees.every(({ fee }) => fee === null)) return null;
  return (
    <CheckBox
      className="gift-cover"
      name={COVER_FEE_FIELD}
      value={COVER_FEE_CHECKED_VALUE}
      defaultChecked={form.coversFee}
    >
      <span className="by-currency">
        {fees.map(({ currency, fee }) => (
          <span key={currency} data-fee={fee ? JSON.stringify(coveredFeeParameters(fee, currency)) : undefined}>
            {fee ? feeRuleText(t, { currency, fee }) : null}
          </span>
        ))}
      </span>
    </CheckBox>
  );
}

export function feeRuleText(t: Translate, { currency, fee }: { currency: Currency; fee: CardFee }): string {
  return t("giving.cover.rule", { fee: feeWords(t, { currency, fee }) });
}

/** Returns a text such as "2.9% + $0.30". */
function feeWords({ locale }: Translate, { currency, fee }: { currency: Currency; fee: CardFee }): string {
  const percent = new Intl.NumberFormat(locale, { style: "unit", unit: "percent", maximumFractionDigits: 4 });
  const share = percent.format(fee.percent as Intl.StringNumericLiteral);
  return /^[0.]+$/.test(fee.fixed) ? share : `${share} + ${formatMoney(money(fee.fixed, currency), { locale })}`;
}
