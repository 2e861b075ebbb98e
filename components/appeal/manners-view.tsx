// When the banner asks, and when it rests. Its script (components/browser/manners-page.ts) shows the lines that are true for this device.
import { type Translate, translator } from "@/content/messages";
import { MANNERS, type Manners, type RestReason } from "@/domain/appeal/manners";
import { Button } from "../ui/button";
import { mannersAttribute } from "./manners-attribute";

/** `isNeutral`: the page must not show that somebody gave from this device. */
type MannersViewProps = { locale: string; manners: Manners; isNeutral: boolean };

const REASONS: RestReason[] = ["not-now", "already-gave", "gift", "regular-gift", "seen-often", "seen-lately"];

/** The script puts the day in its place, because only the device knows it. */
const DAY = "[day]";

export function MannersView({ locale, manners, isNeutral }: MannersViewProps) {
  const t = translator(locale);
  return (
    <div className="page page-narrow manners" data-manners-page="" data-manners={mannersAttribute(manners)}>
      <h1>{t("manners.title")}</h1>
      <p>{t("manners.description")}</p>
      <OnThisDevice t={t} isNeutral={isNeutral} />
      {listRules(t, manners).map(({ title, rules }) => (
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
        <a href="/quiet">{t("manners.quiet")}</a>
      </p>
    </div>
  );
}

function OnThisDevice({ t, isNeutral }: { t: Translate; isNeutral: boolean }) {
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
        {isNeutral
          ? null
          : REASONS.map((reason) => (
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

type Rules = { title: string; rules: string[] };

function listRules(t: Translate, manners: Manners): Rules[] {
  const { quietDaysAfter } = manners;
  const percent = (share: number) => Math.round(share * 100);
  return [
    {
      title: t("manners.asks.title"),
      rules: [
        t("manners.asks.first", {
          seconds: manners.secondsBeforeAsking,
          percent: percent(manners.shareReadBeforeAsking),
        }),
        t("manners.asks.never"),
        t("manners.asks.room", { px: MANNERS.smallestWindowPx, percent: percent(MANNERS.largestShareOfWindow) }),
        t("manners.asks.often", {
          between: manners.daysBetweenViews,
          views: manners.mostViews,
          days: MANNERS.viewsCountedForDays,
        }),
      ],
    },
    {
      title: t("manners.rests.title"),
      rules: [
        t("manners.rests.not-now", { days: quietDaysAfter["not-now"] }),
        t("manners.rests.gave", { days: quietDaysAfter["already-gave"], gift: quietDaysAfter.gift }),
        t("manners.rests.regular", { days: MANNERS.quietDaysAfterVisitOfRegularGiver }),
        t("manners.rests.again"),
      ],
    },
    {
      title: t("manners.memory.title"),
      rules: [
        t("manners.memory.banner"),
        t("manners.memory.gift", { days: MANNERS.daysOfMark }),
        t("manners.memory.sent"),
      ],
    },
  ];
}
