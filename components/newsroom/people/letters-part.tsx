import type { Translate } from "@/content/messages";
import type { SupporterForStaff } from "@/domain/newsroom/people/supporter";
import { formatDay } from "../../site/format-day";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { PeopleScreenSection } from "./people-screen-frame";

type LettersPartProps = { t: Translate; path: string; letters: SupporterForStaff["letters"]; seatUntil: string };

export function SupporterFreeSeatForm({ t, path, letters, seatUntil }: LettersPartProps) {
  const { isOpen, byMail, freeSeatUntil } = letters;
  const day = freeSeatUntil ? formatDay(freeSeatUntil, { locale: t.locale }) : "";
  return (
    <PeopleScreenSection id="letters" title={t("people.letters.title")}>
      <p>
        {t("people.letters.state", { isOpen: isOpen ? "yes" : "no", byMail: byMail ? "yes" : "no" })}{" "}
        {day ? t("people.letters.seat", { day }) : null}
      </p>
      <form method="post" action={`${path}/free-seat`} className="people-form people-form-row">
        <Field id="until" name="until" type="date" label={t("people.seats.until")} defaultValue={seatUntil} required />
        <Button kind="quiet" name="do" value="give">
          {t(freeSeatUntil ? "people.seats.prolong" : "people.seats.give")}
        </Button>
        {freeSeatUntil ? (
          <Button kind="plain" name="do" value="end">
            {t("people.seats.end")}
          </Button>
        ) : null}
      </form>
    </PeopleScreenSection>
  );
}
