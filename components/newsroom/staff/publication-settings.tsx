// Shows settings from publication.ts. A change of them takes effect only when the site is deployed again.
import type { Translate } from "@/content/messages";
import { currenciesOf, type Publication } from "@/domain/publication";
import { DescriptionList, type DescriptionListRow } from "../../ui/fact-list";

export function PublicationSettings({ t, publication }: { t: Translate; publication: Publication }) {
  const { timeZone, neutralSubjects, publishesIncome, recipient, mailFrom } = publication;
  const choices: DescriptionListRow[] = [
    [t("staff.choices.time-zone"), timeZone],
    [t("staff.choices.currencies"), currenciesOf(publication).join(", ")],
    [t("staff.choices.refund-days"), t("staff.choices.days", { count: recipient.refundDays })],
    [t("staff.choices.mail-from"), mailFrom],
    [t("staff.choices.income"), t(publishesIncome ? "staff.roles.yes" : "staff.roles.no")],
    [t("staff.choices.neutral"), t(neutralSubjects ? "staff.roles.yes" : "staff.roles.no")],
  ];
  return (
    <section className="newsroom-part" aria-labelledby="choices">
      <h2 id="choices">{t("staff.choices.title")}</h2>
      <p className="newsroom-note">{t("staff.choices.text")}</p>
      <DescriptionList className="choices" facts={choices} />
    </section>
  );
}
