// The page of the audit log. It also shows if somebody has changed the log directly in the database.
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import type { AuditLogIntegrity } from "@/domain/newsroom/staff/acts";
import {
  type AuditLogFilter,
  type AuditLogListItem,
  type ColleagueWithMaskedAddress,
  formatAuditLogUrlQuery,
} from "@/domain/newsroom/staff/log";
import { NewsroomPage } from "../newsroom-page";
import { AuditLogTable } from "./audit-log-table";
import { AuditLogFilterForm } from "./log-filter-form";

type LogScreenProps = {
  locale: string;
  now: Date;
  timeZone: string;
  filter: AuditLogFilter;
  acts: readonly AuditLogListItem[];
  /** The filter for the page with the next older entries. Null on the last page. */
  older: AuditLogFilter | null;
  state: AuditLogIntegrity;
  colleagues: readonly ColleagueWithMaskedAddress[];
  mayExport: boolean;
};

export function AuditLogScreen({
  locale,
  now,
  timeZone,
  filter,
  acts,
  older,
  state,
  colleagues,
  ...rest
}: LogScreenProps) {
  const t = translator(locale);
  const exportQuery = formatAuditLogUrlQuery({ ...filter, olderThan: null });
  return (
    <NewsroomPage locale={locale} section="log" now={now} timeZone={timeZone}>
      <State t={t} state={state} />
      <AuditLogFilterForm t={t} filter={filter} colleagues={colleagues} />
      <section className="newsroom-part" aria-labelledby="acts">
        <h2 id="acts">{t("staff.log.list")}</h2>
        {acts.length > 0 ? (
          <AuditLogTable t={t} acts={acts} colleagues={colleagues} timeZone={timeZone} />
        ) : (
          <p>{t("staff.log.none")}</p>
        )}
        <p className="log-links">
          {filter.olderThan ? <a href={pathOf({ ...filter, olderThan: null })}>{t("staff.log.newest")}</a> : null}
          {older ? <a href={pathOf(older)}>{t("staff.log.older")}</a> : null}
          {rest.mayExport && acts.length > 0 ? (
            <a href={`/newsroom/log/export.csv?${exportQuery}`}>{t("staff.log.export")}</a>
          ) : null}
        </p>
      </section>
    </NewsroomPage>
  );
}

function State({ t, state }: { t: Translate; state: AuditLogIntegrity }) {
  if (state.kind === "whole")
    return <p className="newsroom-note">{t("staff.log.whole", { number: state.head.number })}</p>;
  return (
    <Notice kind="bad" title={t(`staff.log.${state.kind}.title`)}>
      <p>{t(`staff.log.${state.kind}.text`, { number: state.number })}</p>
    </Notice>
  );
}

function pathOf(filter: AuditLogFilter): string {
  return `/newsroom/log?${formatAuditLogUrlQuery(filter)}`;
}
