import type { Translate } from "@/content/messages";
import type { RecurringGiftForStaff } from "@/domain/newsroom/people/supporter";
import { formatDay } from "../../site/format-day";
import { recurringAmountText } from "../../supporters/recurring-words";
import { ScrollTable, SignWithSpokenText } from "../../ui/scroll-table";

export function RecurringGiftList({ t, gifts }: { t: Translate; gifts: readonly RecurringGiftForStaff[] }) {
  if (gifts.length === 0) return <p className="newsroom-empty">{t("people.gifts.none")}</p>;
  return (
    <ScrollTable className="table-stacked" labelledBy="gifts">
      <thead>
        <tr>
          <th scope="col">{t("people.gifts.gift")}</th>
          <th scope="col">{t("people.gifts.state")}</th>
          <th scope="col">{t("people.gifts.next")}</th>
          <th scope="col">{t("people.gifts.since")}</th>
        </tr>
      </thead>
      <tbody>
        {gifts.map((gift) => (
          <tr key={gift.id}>
            <th scope="row">
              <a href={`/newsroom/gifts/${gift.id}`}>{recurringAmountText(t, gift)}</a>
            </th>
            <td data-label={t("people.gifts.state")}>{recurringGiftStandingTextForStaff(t, gift)}</td>
            <td className="nowrap" data-label={t("people.gifts.next")}>
              <DayOrNone t={t} day={gift.chargesNextAt} />
            </td>
            <td className="nowrap" data-label={t("people.gifts.since")}>
              <DayOrNone t={t} day={gift.startedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

export function recurringGiftStandingTextForStaff(
  t: Translate,
  { standing, endsAt, resumesAt }: RecurringGiftForStaff,
): string {
  const date = standing === "paused" ? resumesAt : endsAt;
  const day = date ? formatDay(date, { locale: t.locale }) : "";
  return t(`people.state.${standing}`, { day, hasDay: day ? "yes" : "no" });
}

function DayOrNone({ t, day }: { t: Translate; day: Date | null }) {
  if (day) return formatDay(day, { locale: t.locale });
  return <SignWithSpokenText sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
}
