import type { Translate } from "@/content/messages";
import { formatMoney, isStripeCurrency } from "@/domain/money";
import type { AuditLogListItem, AuditLogValueChange, ColleagueWithMaskedAddress } from "@/domain/newsroom/staff/log";
import { parseRole } from "@/domain/newsroom/staff/roles";
import { ScrollTable } from "../../ui/scroll-table";
import { formatDateAndTime } from "../format-time";

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
        <li key={change.name}>{changeText(t, change, { currency, timeZone })}</li>
      ))}
      {reason ? <li>{t("staff.log.reason", { reason })}</li> : null}
    </ul>
  );
}

/** Matches a time as the log stores it, in UTC. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function changeText(
  t: Translate,
  { name, before, after }: AuditLogValueChange,
  { currency, timeZone }: { currency: string | null; timeZone: string },
): string {
  const isAmount = /Minor$/.test(name) && currency !== null && isStripeCurrency(currency);
  const valueText = (value: AuditLogValueChange["after"]) => {
    if (value === null) return t("newsroom.none");
    if (typeof value === "string" && TIME.test(value)) return formatDateAndTime(t, { at: new Date(value), timeZone });
    if (!isAmount || typeof value !== "number") return String(value);
    return formatMoney({ amountMinor: value, currency }, { locale: t.locale, alwaysDecimals: true });
  };
  const words = name.replace(/Minor$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (before === null) return t("staff.log.value", { name: words, after: valueText(after) });
  return t("staff.log.change", { name: words, before: valueText(before), after: valueText(after) });
}
