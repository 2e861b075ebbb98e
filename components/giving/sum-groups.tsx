// The sums offered: a group of radios for each currency and frequency, of which giving.css shows the one that was asked for.
import type { Translate } from "@/content/messages";
import { FREQUENCIES, type Frequency } from "@/domain/giving/gift";
import { EVERY, type GiftForm, sumField } from "@/domain/giving/gift-form";
import { formatMoney, money } from "@/domain/money";
import type { Currency, Publication } from "@/domain/publication";
import { currencyName } from "./currency-choice";

type SumGroupsProps = { t: Translate; publication: Publication; form: GiftForm };
type Group = { currency: Currency; frequency: Frequency };

export function SumGroups(props: SumGroupsProps) {
  return (
    <div className="gift-sums by-currency">
      {props.publication.currencies.map((currency) => (
        <div className="by-every" key={currency}>
          {FREQUENCIES.map((frequency) => (
            <SumGroup {...props} group={{ currency, frequency }} key={frequency} />
          ))}
        </div>
      ))}
    </div>
  );
}

function SumGroup({ t, publication, form, group }: SumGroupsProps & { group: Group }) {
  const { currency, frequency } = group;
  const chosen = chosenSum({ publication, form, group });
  const every = t(`giving.every.${frequency}`);
  const radio = (value: string, text: string) => (
    <label className="segment" key={value}>
      <input
        type="radio"
        name={sumField(group)}
        value={value}
        defaultChecked={value === chosen}
        data-sum={value === "own" ? undefined : text}
      />
      <span>{text}</span>
    </label>
  );
  return (
    <fieldset data-group={`${currency} ${EVERY[frequency]}`}>
      <legend className="gift-legend">{t("giving.sums", { every, currency: currencyName(currency, t.locale) })}</legend>
      <div className="segments segments-sums">
        {publication.sums[currency][frequency].map((sum) =>
          radio(sum, formatMoney(money(sum, currency), { locale: t.locale })),
        )}
        {radio("own", t("giving.own"))}
      </div>
    </fieldset>
  );
}

/** A reader with a sum of their own keeps it in every group; otherwise each group opens on the publication's favourite. */
function chosenSum({ publication, form, group }: Omit<SumGroupsProps, "t"> & { group: Group }): string | undefined {
  if (form.own) return "own";
  const offered = publication.sums[group.currency][group.frequency];
  const isAsked = group.currency === form.currency && group.frequency === form.frequency;
  return isAsked && form.amount !== null ? form.amount : offered[publication.preferredSum];
}
