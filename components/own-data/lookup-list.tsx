import type { Translate } from "@/content/messages";
import type { StaffLookupOfSupporterAddress } from "@/domain/newsroom/people/lookups";
import { formatDay } from "../site/format-day";

export function LookupList({ t, lookups }: { t: Translate; lookups: readonly StaffLookupOfSupporterAddress[] }) {
  return (
    <ul className="own-data-lookups">
      {lookups.map(({ at, why, words }) => (
        <li key={at.toISOString()}>
          {t("ownData.lookup", { day: formatDay(at, { locale: t.locale }), why: t(`ownData.lookup.why.${why}`) })}
          {words ? ` ${t("ownData.lookup.words", { words })}` : null}
        </li>
      ))}
    </ul>
  );
}
