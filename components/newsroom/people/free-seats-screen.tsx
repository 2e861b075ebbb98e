// The addresses of the listed seats stay encrypted.
import { type Translate, translator } from "@/content/messages";
import { dayOn } from "@/domain/calendar";
import { formatDay } from "../../site/format-day";
import { Button } from "../../ui/button";
import { EmailField, Field } from "../../ui/field";
import { type NoticeContent, PeopleScreenFrame, PeopleScreenSection } from "./people-screen-frame";

export const FREE_SEAT_FORM_REFUSALS = ["address", "day"] as const;

type Seat = { key: string; until: Date; givenAt: Date };
type FreeSeatsScreenProps = {
  locale: string;
  /**
   * The `key` of a seat is a hidden field of the seat's form. It identifies the seat without revealing the e-mail
   * address.
   */
  seats: Seat[];
  typed: { address: string; until: string };
  refusal: (typeof FREE_SEAT_FORM_REFUSALS)[number] | null;
  done: { what: "give" | "end"; until: string } | null;
  timeZone: string;
};

export function FreeSeatsScreen({ locale, seats, typed, refusal, done, timeZone }: FreeSeatsScreenProps) {
  const t = translator(locale);
  return (
    <PeopleScreenFrame
      title={t("people.seats.title")}
      facts={t("people.seats.intro")}
      back={{ href: "/newsroom/people", label: t("people.back") }}
      notice={toldBy(t, done)}
    >
      <form method="post" action="/newsroom/people/free-seats/give" className="people-form people-form-row">
        <EmailField
          id="email"
          name="email"
          label={t("people.seats.address")}
          defaultValue={typed.address}
          error={refusal === "address" ? t("people.seats.refused.address") : null}
        />
        <Field
          id="until"
          name="until"
          type="date"
          label={t("people.seats.until")}
          defaultValue={typed.until}
          error={refusal === "day" ? t("people.seats.refused.day") : null}
          required
        />
        <Button kind="quiet">{t("people.seats.give")}</Button>
      </form>
      <PeopleScreenSection id="seats" title={t("people.seats.title")}>
        <SeatList t={t} seats={seats} timeZone={timeZone} />
      </PeopleScreenSection>
    </PeopleScreenFrame>
  );
}

function toldBy(t: Translate, done: FreeSeatsScreenProps["done"]): NoticeContent | null {
  if (!done) return null;
  const day = done.until ? formatDay(done.until, { locale: t.locale }) : "";
  return { kind: "good", title: t(`people.seats.done.${done.what}`, { day }) };
}

function SeatList({ t, seats, timeZone }: { t: Translate; seats: Seat[]; timeZone: string }) {
  if (seats.length === 0) return <p className="newsroom-empty">{t("people.seats.none")}</p>;
  return (
    <>
      <p>{t("people.seats.list", { count: seats.length })}</p>
      <ul className="people-plain">
        {seats.map(({ key, until, givenAt }, index) => (
          <li key={key}>
            <form method="post" action="/newsroom/people/free-seats/change" className="people-form people-form-row">
              <input type="hidden" name="seat" value={key} />
              <Field
                id={`until-${index}`}
                name="until"
                type="date"
                label={t("people.seats.until")}
                hint={`${t("people.seats.given")} ${formatDay(givenAt, { locale: t.locale })}`}
                defaultValue={dayOn(until, timeZone)}
                required
              />
              <Button kind="quiet" name="do" value="give">
                {t("people.seats.change")}
              </Button>
              <Button kind="plain" name="do" value="end">
                {t("people.seats.end")}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </>
  );
}
