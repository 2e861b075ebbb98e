import type { Translate } from "@/content/messages";
import type { AuditLogListItem, ColleagueWithMaskedAddress } from "@/domain/newsroom/staff/log";
import { parseRole } from "@/domain/newsroom/staff/roles";
import { ScrollTable } from "../../ui/scroll-table";
import { formatDateAndTime } from "../format-time";
import { auditLogChangeText } from "./audit-log-change-text";

type AuditLogTableProps = {
  t: Translate;
  acts: readonly AuditLogListItem[];
  colleagues: readonly ColleagueWithMaskedAddress[];
  timeZone: string;
};

export function AuditLogTable({ t, acts, colleagues, timeZone }: AuditLogTableProps) {
  const names = new Map(colleagues.map(({ id, address }) => [id, address]));
  const columns = ["number", "time", "who", "what", "about", "changed"] as const;
  return (
    <ScrollTable className="table-stacked act-table" labelledBy="acts">
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {t(`staff.log.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {acts.map((act) => (
          <ActRow key={act.number} t={t} act={act} names={names} timeZone={timeZone} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

type ActRowProps = { t: Translate; act: AuditLogListItem; names: ReadonlyMap<string, string>; timeZone: string };

function ActRow({ t, act, names, timeZone }: ActRowProps) {
  return (
    <tr>
      <td data-label={t("staff.log.number")}>{act.number}</td>
      <td className="nowrap" data-label={t("staff.log.time")}>
        <time dateTime={act.at.toISOString()}>
          {formatDateAndTime(t, { at: act.at, timeZone, timeStyle: "medium" })}
        </time>
      </td>
      <td data-label={t("staff.log.who")}>{whoText(t, act, names)}</td>
      <td data-label={t("staff.log.what")}>{act.kind ? t(`newsroom.act.${act.kind}`) : t("staff.log.unknown")}</td>
      <td data-label={t("staff.log.about")}>{aboutText(act, names)}</td>
      <td data-label={t("staff.log.changed")}>
        <Changes t={t} act={act} timeZone={timeZone} />
      </td>
    </tr>
  );
}

function whoText(t: Translate, { by, role }: AuditLogListItem, names: ReadonlyMap<string, string>): string {
  if (by === "site") return t("staff.log.site");
  const parsedRole = parseRole(role);
  const name = names.get(by) ?? t("staff.log.gone", { id: by });
  return parsedRole ? `${name} · ${t(`staff.role.${parsedRole}`)}` : name;
}

/**
 * Returns the masked e-mail address if the entry is about a colleague in `names`. Otherwise returns the subject as the
 * log states it.
 */
function aboutText({ about }: AuditLogListItem, names: ReadonlyMap<string, string>) {
  const [kind, id = ""] = about.split(/:(.*)/s);
  const name = kind === "staff" ? names.get(id) : undefined;
  return name ?? <code>{about.replace(/:$/, "")}</code>;
}

type ChangesProps = { t: Translate; act: AuditLogListItem; timeZone: string };

function Changes({ t, act: { changes, currency, reason }, timeZone }: ChangesProps) {
  return (
    <ul className="act-changes">
      {changes.map((change) => (
        <li key={change.name}>{auditLogChangeText(t, change, { currency, timeZone })}</li>
      ))}
      {reason ? <li>{t("staff.log.reason", { reason })}</li> : null}
    </ul>
  );
}
