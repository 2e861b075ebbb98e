import type { Translate } from "@/content/messages";
import { listRights } from "@/domain/newsroom/staff/roles";
import { ROLES, type Role } from "@/domain/staff-role";

/** `chosen`: the preselected role. */
type RoleChoiceProps = { t: Translate; chosen: string | null; error?: string | null };

export function RoleChoice({ t, chosen, error = null }: RoleChoiceProps) {
  return (
    <fieldset className="role-choice" aria-describedby={error ? "role-error" : undefined}>
      <legend className="field-label">{t("staff.colleagues.role")}</legend>
      {ROLES.map((role) => (
        <label key={role}>
          <input type="radio" name="role" value={role} defaultChecked={role === chosen} required />
          <span>
            <b>{t(`staff.role.${role}`)}</b> {rightsText(t, role)}
          </span>
        </label>
      ))}
      {error ? (
        <p className="field-error" id="role-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function rightsText(t: Translate, role: Role): string {
  const list = new Intl.ListFormat(t.locale, { type: "conjunction" });
  return list.format(listRights(role).map((right) => t(`staff.right.${right}`)));
}
