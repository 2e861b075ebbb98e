// Shows what hasRight() answers. The same function guards the pages.

import type { Translate } from "@/content/messages";
import { hasRight, STAFF_RIGHTS } from "@/domain/newsroom/staff/roles";
import { ROLES } from "@/domain/staff-role";
import { ScrollTable, SignWithSpokenText } from "../../ui/scroll-table";

export function RolesTable({ t }: { t: Translate }) {
  return (
    <section className="newsroom-part" aria-labelledby="roles">
      <h2 id="roles">{t("staff.roles.title")}</h2>
      <p className="newsroom-note">{t("staff.roles.text")}</p>
      <ScrollTable className="roles-table table-stacked" labelledBy="roles">
        <thead>
          <tr>
            <th scope="col">{t("staff.roles.may")}</th>
            {ROLES.map((role) => (
              <th scope="col" key={role}>
                {t(`staff.role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {STAFF_RIGHTS.map((right) => (
            <tr key={right}>
              <th scope="row">{t(`staff.right.${right}`)}</th>
              {ROLES.map((role) =>
                hasRight(role, right) ? (
                  <td key={role} data-label={t(`staff.role.${role}`)}>
                    {t("staff.roles.yes")}
                  </td>
                ) : (
                  <td key={role} className="not-when-stacked">
                    <SignWithSpokenText sign={t("newsroom.none")} spoken={t("staff.roles.no")} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}
