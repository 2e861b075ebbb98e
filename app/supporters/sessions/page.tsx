import { pathInLanguage } from "@/components/site/own-path";
import { SessionList } from "@/components/supporters/session-list";
import { Notice } from "@/components/ui/notice";
import { QrCode } from "@/components/ui/qr-code";
import { translator } from "@/content/messages";
import { listOwnSessions } from "@/domain/supporters/sessions";
import { publication } from "@/publication";
import { findOwnSessionHash, requireSignedInUser } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { env, siteUrl } from "@/systems/env";
import { readFlashMessage } from "@/systems/flash-message";
import { titleMetadata } from "@/systems/page-language";

const PAGE = "/supporters/sessions";

export const generateMetadata = titleMetadata("sessions.title");

export default async function OwnSessionsPage() {
  const viewer = await requireSignedInUser(PAGE);
  const { locale } = viewer;
  const t = translator(locale);
  const idHash = (await findOwnSessionHash()) ?? "";
  const rules = { risk: env().OUTLET_RISK, timeZone: publication.timeZone };
  const sessions = await listOwnSessions(await database(), viewer, { idHash, now: currentTime(), ...rules });
  const note = await readFlashMessage(PAGE);
  const path = pathInLanguage(t, "/quiet");
  const quiet = siteUrl() + path;
  return (
    <div className="page page-narrow recurring-page">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <h1>{t("sessions.title")}</h1>
      {typeof note?.ended === "number" ? (
        <Notice kind="good" title={t("sessions.ended", { count: note.ended })} />
      ) : null}
      <p>{t("sessions.intro")}</p>
      <SessionList locale={locale} sessions={sessions} />
      <section className="supporters-section" aria-labelledby="quiet">
        <h2 id="quiet">{t("sessions.quiet.title")}</h2>
        <div className="quiet-code">
          <QrCode text={quiet} label={t("sessions.quiet.code")} />
          <div>
            <p>{t("sessions.quiet.text")}</p>
            <p>
              <a href={path}>{quiet.replace(/^https?:\/\//, "")}</a>
            </p>
          </div>
        </div>
      </section>
    </div>
  );
}
