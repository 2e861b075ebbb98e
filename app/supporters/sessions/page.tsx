import type { Metadata } from "next";
import { SessionList } from "@/components/supporters/session-list";
import { Notice } from "@/components/ui/notice";
import { translator } from "@/content/messages";
import { listOwnSessions } from "@/domain/supporters/sessions";
import { publication } from "@/publication";
import { findOwnSessionHash, requireViewer } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readNote } from "@/systems/note";

const PAGE = "/supporters/sessions";

export const metadata: Metadata = { title: translator(publication.defaultLanguage)("sessions.title") };

export default async function Sessions() {
  const viewer = await requireViewer(PAGE);
  const { locale } = viewer;
  const t = translator(locale);
  const idHash = (await findOwnSessionHash()) ?? "";
  const sessions = await listOwnSessions(await database(), viewer, { idHash, now: currentTime() });
  const note = await readNote(PAGE);
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
        <p>
          {t.rich("sessions.quiet.text", {
            link: (words) => (
              <a key="link" href="/quiet">
                {words}
              </a>
            ),
          })}
        </p>
      </section>
    </div>
  );
}
