// Works without a script: every currency and frequency has its own group of preset amounts, and the stylesheet shows
// only the chosen group (giving.css).

import { translator } from "@/content/messages";
import { formatExposure } from "@/domain/appeal/exposure";
import { FREQUENCIES } from "@/domain/frequencies";
import { type GiftFormValues as Form, FREQUENCY_FIELD_VALUES } from "@/domain/giving/gift-form";
import type { Publication } from "@/domain/publication";
import { languageFieldValue } from "../site/hidden-language-field";
import { pathInLanguage } from "../site/own-path";
import { Button } from "../ui/button";
import { HiddenFields } from "../ui/hidden-fields";
import { CoverFee } from "./cover-fee";
import { CurrencyChoice } from "./currency-choice";
import { CustomAmount } from "./custom-amount";
import { giftFormTexts } from "./gift-form-texts";
import { PresetAmounts } from "./preset-amounts";
import type { RefusedAmount } from "./refusal-text";
import { UnfinishedGiftNotice } from "./unfinished-gift-notice";

type GiftFormProps = {
  locale: string;
  publication: Publication;
  form: Form;
  /**
   * The form's signed token. Missing in an article, because an article is the same for all readers; there the browser
   * script fetches a token.
   */
  token?: string;
  refusal?: RefusedAmount | null;
  /** True for an article: its script fetches the texts and limits when the reader scrolls near the form. */
  loadsTextsLater?: boolean;
};

export function GiftForm({ locale, publication, form, token, refusal = null, loadsTextsLater = false }: GiftFormProps) {
  const t = translator(locale);
  return (
    <form
      className="gift-form"
      method={token ? "post" : "get"}
      action={token ? "/give/start" : pathInLanguage(t, "/give")}
      autoComplete="off"
      data-gift-form={loadsTextsLater ? "" : JSON.stringify(giftFormTexts(t, publication))}
    >
      <OwnFields form={form} token={token} language={languageFieldValue(locale)} />
      <Trap label={t("giving.hidden")} />
      <fieldset className="gift-every">
        <legend>{t("giving.every")}</legend>
        <div className="segments">
          {FREQUENCIES.map((frequency) => (
            <label key={frequency}>
              <input
                type="radio"
                name="every"
                value={FREQUENCY_FIELD_VALUES[frequency]}
                defaultChecked={frequency === form.frequency}
              />
              <span>{t(`giving.every.${frequency}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <CurrencyChoice t={t} publication={publication} form={form} />
      <PresetAmounts t={t} publication={publication} form={form} />
      <CustomAmount t={t} publication={publication} form={form} refusal={refusal} />
      <CoverFee t={t} publication={publication} form={form} />
      <Button className="gift-send" data-gift-send="">
        {t("giving.continue")}
      </Button>
      <UnfinishedGiftNotice t={t} textElementId={`${form.placement}-recall`} />
      <div className="gift-notes">
        <p>{`${t("giving.next")} ${t("giving.cancel")}`}</p>
        <p>{t("giving.risk")}</p>
        <p>
          <a href={pathInLanguage(t, "/about-your-gift")}>{t("giving.about")}</a>
        </p>
      </div>
    </form>
  );
}

/** No reader can see, hear or focus this field. It is not `display: none`, because bots check for that. */
function Trap({ label }: { label: string }) {
  return (
    <label className="visually-hidden" aria-hidden="true">
      {label}
      <input type="text" name="website" tabIndex={-1} />
    </label>
  );
}

type OwnFieldsProps = { form: Form; token: string | undefined; language: string | null };

function OwnFields({ form, token, language }: OwnFieldsProps) {
  const { placement, article, appeal, variant } = form;
  const exposure = form.exposure ? formatExposure(form.exposure) : "";
  // `exposure`, `from` and `form` are present even without a value, so that the browser script can fill them in.
  const fields = { placement, article, appeal, variant, exposure, from: "", form: token ?? "", language };
  return <HiddenFields fields={fields} />;
}
