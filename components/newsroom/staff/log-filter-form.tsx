// Uses GET, so that the URL contains the filter.
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Translate } from "@/content/messages";
import { STAFF_ACT_KINDS } from "@/domain/newsroom/staff/acts";
import {
  type AuditLogFilter,
  type ColleagueWithMaskedAddress,
  formatAuditLogUrlQuery,
} from "@/domain/newsroom/staff/log";
import { SelectField, type SelectOption } from "../select-field";

type LogFilterFormProps = { t: Translate; filter: AuditLogFilter; colleagues: readonly ColleagueWithMaskedAddress[] };

export function AuditLogFilterForm({ t, filter, colleagues }: LogFilterFormProps) {
  const isFiltered = formatAuditLogUrlQuery(filter) !== "";
  const kinds = STAFF_ACT_KINDS.map((kind): SelectOption => [kind, t(`newsroom.act.${kind}`)]);
  const people: SelectOption[] = [
    ["", t("staff.log.everyone")],
    ...colleagues.map(({ id, address }): SelectOption => [id, address]),
    ["site", t("staff.log.site")],
  ];
  return (
    <details className="log-filter" open={isFiltered}>
      <summary>{t("staff.log.filter")}</summary>
      <form method="get" action="/newsroom/log">
        <SelectField name="by" label={t("staff.log.by")} chosen={filter.by} options={people} />
        <SelectField
          name="kind"
          label={t("staff.log.kind")}
          chosen={filter.kind}
          options={[["", t("staff.log.everything")], ...kinds.toSorted(([, a], [, b]) => a.localeCompare(b, t.locale))]}
        />
        <Field
          id="about"
          name="about"
          label={t("staff.log.about")}
          hint={t("staff.log.about-hint")}
          defaultValue={filter.about}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
        />
        <div className="log-days">
          <Field id="from" name="from" type="date" label={t("staff.log.from")} defaultValue={filter.from} />
          <Field id="to" name="to" type="date" label={t("staff.log.to")} defaultValue={filter.to} />
        </div>
        <p className="log-links">
          <Button kind="quiet">{t("staff.log.show")}</Button>
          {isFiltered ? <a href="/newsroom/log">{t("staff.log.all")}</a> : null}
        </p>
      </form>
    </details>
  );
}
