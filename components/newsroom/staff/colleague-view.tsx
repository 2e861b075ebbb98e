import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import type { OwnSignInSession } from "@/domain/supporters/sessions";
import { RoleChoice } from "./role-choice";
import { type ColleagueListItem, colleagueStateMessageName } from "./settings-screen";

type ColleagueViewProps = {
  locale: string;
  timeZone: string;
  colleague: ColleagueListItem;
  isSelf: boolean;
  sessions: readonly OwnSignInSession[];
  flash: { done?: unknown; refused?: unknown };
};

export function ColleagueView({ locale, timeZone, colleague, isSelf, sessions, flash }: ColleagueViewProps) {
  const t = translator(locale);
  const { address, role, state, since } = colleague;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(since);
  const mayChange = state !== "root" && state !== "removed";
  return (
    <div className="staff-door">
      <p>
        <a href="/newsroom/settings">{t("staff.colleague.back")}</a>
      </p>
      <h1 className="colleague-name">{address}</h1>
      <Outcome t={t} flash={flash} />
      <p className="newsroom-note">
        {t(`staff.colleague.${colleagueStateMessageName(state)}`, { role: t(`staff.role.${role ?? "unknown"}`), day })}
      </p>
      {mayChange ? <RoleForm t={t} colleague={colleague} /> : null}
      {state === "open" || state === "expired" ? <Verb t={t} colleague={colleague} verb="invite-again" /> : null}
      {state === "active" || state === "root" ? <Sessions t={t} colleague={colleague} sessions={sessions} /> : null}
      {state === "active" || state === "root" ? <Verb t={t} colleague={colleague} verb="reset-factor" /> : null}
      {mayChange ? <Verb t={t} colleague={colleague} verb="remove" isSelf={isSelf} /> : null}
    </div>
  );
}

type VerbName = "invite-again" | "reset-factor" | "sign-out" | "remove";
const DONE = ["invite-again", "reset-factor", "sign-out", "role"] as const;
const REFUSED = ["root", "last-admin", "gone", "accepted", "role"] as const;

function Outcome({ t, flash }: { t: Translate; flash: ColleagueViewProps["flash"] }) {
  const done = DONE.find((each) => each === flash.done);
  const refused = REFUSED.find((each) => each === flash.refused);
  if (refused) return <Notice kind="bad" title={t(`staff.refused.${refused}`)} />;
  return done ? <Notice kind="good" title={t(`staff.done.${done}`)} /> : null;
}

type PartProps = { t: Translate; colleague: ColleagueListItem };

function RoleForm({ t, colleague }: PartProps) {
  return (
    <section className="staff-step" aria-labelledby="role">
      <h2 id="role">{t("staff.colleague.role")}</h2>
      <form className="staff-form" method="post" action={actionPath(colleague, "role")}>
        <RoleChoice t={t} chosen={colleague.role} />
        <Button kind="quiet">{t("staff.colleague.save")}</Button>
      </form>
    </section>
  );
}

/** The form must be unfolded first, so that its button is not pressed by accident. */
function Verb({ t, colleague, verb, isSelf = false }: PartProps & { verb: VerbName; isSelf?: boolean }) {
  return (
    <details className="staff-lost">
      <summary>{t(`staff.verb.${verb}.title`)}</summary>
      <p>{t(`staff.verb.${verb}.text`)}</p>
      {isSelf ? <p>{t("staff.verb.remove.self")}</p> : null}
      <form method="post" action={actionPath(colleague, verb)}>
        <Button kind="quiet">{t(`staff.verb.${verb}.press`)}</Button>
      </form>
    </details>
  );
}

function Sessions({ t, colleague, sessions }: PartProps & { sessions: readonly OwnSignInSession[] }) {
  const days = new Intl.DateTimeFormat(t.locale, { dateStyle: "long", timeZone: "UTC" });
  const lines: ReactNode[] = sessions.map(({ signedInOn, lastSeenOn }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two sessions may look the same, and the list never changes
    <li key={at}>{t("staff.colleague.session", { from: dayOf(days, signedInOn), seen: dayOf(days, lastSeenOn) })}</li>
  ));
  return (
    <section className="staff-step" aria-labelledby="sessions">
      <h2 id="sessions">{t("staff.colleague.sessions")}</h2>
      {lines.length > 0 ? <ul>{lines}</ul> : <p>{t("staff.colleague.no-sessions")}</p>}
      {lines.length > 0 ? (
        <form method="post" action={actionPath(colleague, "sign-out")}>
          <Button kind="quiet">{t("staff.verb.sign-out.press")}</Button>
        </form>
      ) : null}
    </section>
  );
}

function dayOf(days: Intl.DateTimeFormat, day: string): string {
  return days.format(new Date(`${day}T00:00:00Z`));
}

function actionPath({ id }: ColleagueListItem, verb: VerbName | "role"): string {
  return `/newsroom/settings/colleagues/${encodeURIComponent(id)}/${verb}`;
}
