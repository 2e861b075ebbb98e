// Uses GET, so that the URL contains the filter.
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Translate } from "@/content/messages";
import { ACT_KINDS } from "@/domain/newsroom/staff/acts";
import { type AuditLogFilter, auditLogQuery, type MaskedColleague } from "@/domain/newsroom/staff/log";

type LogFilterFormProps = { t: Translate; filter: AuditLogFilter; colleagues: readonly MaskedColleague[] };

export function LogFilterForm({ t, filter, colleagues }: LogFilterFormProps) {
  const isFiltered = auditLogQuery(filter) !== "";
  const kinds = ACT_KINDS.map((kind) => ({ value: kind, words: t(`newsroom.act.${kind}`) }));
  const people = [
    ...colleagues.map(({ id, address }) => ({ value: id, words: address })),
    { value: "site", words: t("staff.log.site") },
  ];
  return (
    <details className="log-filter" open={isFiltered}>
      <summary>{t("staff.log.filter")}</summary>
      <form method="get" action="/newsroom/log">
        <Choice name="by" label={t("staff.log.by")} all={t("staff.log.everyone")} chosen={filter.by} options={people} />
        <Choice
          name="kind"
          label={t("staff.log.kind")}
          all={t("staff.log.everything")}
          chosen={filter.kind}
          options={kinds.toSorted((a, b) => a.words.localeCompare(b.words, t.locale))}
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

type ChoiceProps = {
  name: string;
  label: string;
  all: string;
  chosen: string;
  options: readonly { value: string; words: string }[];
};

function Choice({ name, label, all, chosen, options }: ChoiceProps) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={name}>
        {label}
      </label>
      <select className="select" id={name} name={name} defaultValue={chosen}>
        <option value="">{all}</option>
        {options.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
