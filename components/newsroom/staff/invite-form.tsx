import { Button } from "@/components/ui/button";
import { EmailField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import { INVITATION_VALID_DAYS } from "@/domain/newsroom/staff/manage";
import { RoleChoice } from "./role-choice";

/** Comes from a cookie, which another version of the site can have written. Therefore the fields are `unknown`. */
export type InviteFlash = { done?: unknown; refused?: unknown; typed?: unknown };

export function InviteForm({ t, flash }: { t: Translate; flash: InviteFlash }) {
  const typed = typedIn(flash);
  const error = errorIn(t, flash);
  return (
    <section className="newsroom-part" aria-labelledby="invite">
      <h2 id="invite">{t("staff.invite.title")}</h2>
      {flash.done === "invited" ? <Notice kind="good" title={t("staff.invite.done")} /> : null}
      {flash.done === "remove" ? <Notice kind="good" title={t("staff.done.remove")} /> : null}
      {typed && !flash.refused ? <Notice title={t("staff.invite.again")} /> : null}
      <form className="staff-form" method="post" action="/newsroom/settings/colleagues">
        <EmailField
          id="email"
          name="email"
          label={t("staff.invite.email")}
          hint={t("staff.invite.hint", { days: INVITATION_VALID_DAYS })}
          defaultValue={typed?.email}
          error={error}
          autoComplete="off"
        />
        <RoleChoice
          t={t}
          chosen={typed?.role ?? null}
          error={flash.refused === "role" ? t("staff.invite.refused.role") : null}
        />
        <Button>{t("staff.invite.send")}</Button>
      </form>
    </section>
  );
}

function errorIn(t: Translate, { refused }: InviteFlash): string | undefined {
  return refused === "email" || refused === "already" ? t(`staff.invite.refused.${refused}`) : undefined;
}

function typedIn({ typed }: InviteFlash): { email: string; role: string } | null {
  if (typeof typed !== "object" || typed === null) return null;
  const { email, role } = typed as Record<string, unknown>;
  return { email: typeof email === "string" ? email : "", role: typeof role === "string" ? role : "" };
}
