import type { Translate } from "@/content/messages";
import type { RecurringListName } from "@/domain/newsroom/recurring-rows";

export function RecurringListLink({ t, list }: { t: Translate; list: RecurringListName }) {
  return (
    <p>
      <a href={`/newsroom/recurring/rows/${list}`}>{t("renewals.rows.open", { list: t(`renewals.rows.${list}`) })}</a>
    </p>
  );
}
