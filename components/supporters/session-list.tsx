import { translator } from "@/content/messages";
import { joinNumbersToWordsWithNoBreakSpaces } from "@/domain/calendar";
import type { OwnSignInSession } from "@/domain/supporters/sessions";
import { Button } from "../ui/button";

export function SessionList({ locale, sessions }: { locale: string; sessions: readonly OwnSignInSession[] }) {
  const t = translator(locale);
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const day = (text: string) => joinNumbersToWordsWithNoBreakSpaces(days.format(new Date(`${text}T00:00:00Z`)));
  return (
    <>
      <ul className="session-list">
        {sessions.map(({ isThisOne, signedInOn, lastSeenOn }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two sessions may look the same, and the list never changes
          <li key={at}>
            <b>{t(isThisOne ? "sessions.this-one" : "sessions.another")}</b>
            <span>{t("sessions.signed-in", { day: day(signedInOn) })}</span>
            <span>{t("sessions.last-seen", { day: day(lastSeenOn) })}</span>
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <form method="post" action="/supporters/sign-out/others">
          <Button kind="quiet">{t("sessions.end-others")}</Button>
        </form>
      ) : (
        <p className="supporters-note">{t("sessions.only-this")}</p>
      )}
    </>
  );
}
