// The HTML contains hidden paragraphs about the reader's device. The script components/browser/manners-page.ts shows
// those that apply.
import { type Translate, translator } from "@/content/messages";
import { QUIET_PERIOD_REASONS } from "@/domain/appeal/quiet-period";
import { pathInLanguage } from "../site/own-path";
import { Button } from "../ui/button";
import { listMannerRules, type MannerRulesInput } from "./manners-rules";

/** Stands for the day until which the banner stays hidden. Only the device knows that day, so the script replaces the placeholder. */
const DAY = "[day]";

export function MannersView({ locale, ...mannersContext }: MannerRulesInput & { locale: string }) {
  const t = translator(locale);
  return (
    <div className="page page-narrow manners" data-manners-page="">
      <h1>{t("manners.title")}</h1>
      <p>{t("manners.description")}</p>
      <OnThisDevice t={t} isHighRisk={mannersContext.isHighRisk} />
      {listMannerRules(t, mannersContext).map(({ title, rules }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </section>
      ))}
      <p>
        <a href={pathInLanguage(t, "/quiet")}>{t("manners.quiet")}</a>
      </p>
    </div>
  );
}

function OnThisDevice({ t, isHighRisk }: { t: Translate; isHighRisk: boolean }) {
  return (
    <section aria-labelledby="this-device">
      <h2 id="this-device">{t("manners.device.title")}</h2>
      <p data-unknown="">{t("manners.device.unknown")}</p>
      <div data-rests="" role="status">
        <p data-rest="none" hidden>
          {t("manners.device.none")}
        </p>
        <p data-rest="forgotten" hidden>
          {t("manners.device.forgotten")}
        </p>
        {isHighRisk
          ? null
          : QUIET_PERIOD_REASONS.map((reason) => (
              <p key={reason} data-rest={reason} hidden>
                {t(`manners.device.${reason}`)}
              </p>
            ))}
        <p data-rest="until" hidden>
          {t("manners.device.until", { day: DAY })}
        </p>
      </div>
      <Button type="button" kind="quiet" data-forget="" hidden>
        {t("manners.device.forget")}
      </Button>
    </section>
  );
}
