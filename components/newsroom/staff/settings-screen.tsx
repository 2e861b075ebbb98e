import { type Translate, translator } from "@/content/messages";
import type { Publication } from "@/domain/publication";
import { ScrollTable } from "../../ui/scroll-table";
import { NewsroomPage } from "../newsroom-page";
import { type InviteFlash, InviteForm } from "./invite-form";
import { PublicationSettings } from "./publication-settings";
import { RolesTable } from "./roles-table";

export type ColleagueListItem = {
  id: string;
  address: string;
  role: "viewer" | "editor" | "care" | "admin" | null;
  state: "root" | "active" | "open" | "expired" | "removed";
  since: Date;
};

export function colleagueStateMessageName(state: ColleagueListItem["state"]) {
  return state === "active" ? "in" : state;
}

type SettingsScreenProps = {
  locale: string;
  now: Date;
  publication: Publication;
  ownId: string;
  colleagues: readonly ColleagueListItem[];
  flash: InviteFlash;
};

export function NewsroomSettingsScreen({ locale, now, publication, ownId, colleagues, flash }: SettingsScreenProps) {
  const t = translator(locale);
  const { timeZone } = publication;
  return (
    <NewsroomPage locale={locale} section="settings" now={now} timeZone={timeZone}>
      <section className="newsroom-part" aria-labelledby="colleagues">
        <h2 id="colleagues">{t("staff.colleagues.title")}</h2>
        <Colleagues t={t} colleagues={colleagues} ownId={ownId} timeZone={timeZone} />
        <p className="newsroom-note">{t("staff.colleagues.roots")}</p>
      </section>
      <InviteForm t={t} flash={flash} />
      <RolesTable t={t} />
      <PublicationSettings t={t} publication={publication} />
    </NewsroomPage>
  );
}

type ColleaguesProps = { t: Translate; colleagues: readonly ColleagueListItem[]; ownId: string; timeZone: string };

function Colleagues({ t, colleagues, ownId, timeZone }: ColleaguesProps) {
  const days = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeZone });
  return (
    <ScrollTable className="table-stacked" labelledBy="colleagues">
      <thead>
        <tr>
          <th scope="col">{t("staff.colleagues.address")}</th>
          <th scope="col">{t("staff.colleagues.role")}</th>
          <th scope="col">{t("staff.colleagues.state")}</th>
          <th scope="col">{t("staff.colleagues.since")}</th>
        </tr>
      </thead>
      <tbody>
        {colleagues.map(({ id, address, role, state, since }) => (
          <tr key={id}>
            <th scope="row" className="row-head">
              <a href={`/newsroom/settings/colleagues/${encodeURIComponent(id)}`}>{address}</a>
              {id === ownId ? ` ${t("staff.colleagues.you")}` : ""}
            </th>
            <td data-label={t("staff.colleagues.role")}>{t(`staff.role.${role ?? "unknown"}`)}</td>
            <td data-label={t("staff.colleagues.state")}>{t(`staff.state.${colleagueStateMessageName(state)}`)}</td>
            <td className="nowrap" data-label={t("staff.colleagues.since")}>
              {days.format(since)}
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
