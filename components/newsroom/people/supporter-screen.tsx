// Shows no name and no e-mail address, except right after a colleague has asked for the address and given a reason.
import { type Translate, translator } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import type { SupporterForStaff } from "@/domain/newsroom/people/supporter";
import type { TimelineEventsWithNextCursor } from "@/domain/newsroom/people/timeline";
import { formatDay } from "../../site/format-day";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import type { FindArticleHeadline } from "../headline";
import { EmailAddressPart, type RevealedIdentity } from "./email-address-part";
import { RecurringGiftList } from "./gift-list";
import { SupporterFreeSeatForm } from "./letters-part";
import { type NoticeContent, PeopleScreenFrame, PeopleScreenSection } from "./people-screen-frame";
import type { TypedReasonFields } from "./reason-fields";
import { TimelineList } from "./timeline";

type SupporterScreenProps = {
  locale: string;
  timeZone: string;
  record: SupporterForStaff;
  timeline: TimelineEventsWithNextCursor;
  isFirstPage: boolean;
  findHeadline: FindArticleHeadline;
  notice: NoticeContent | null;
  /** Null, except right after a colleague asked to see the address. */
  revealed: RevealedIdentity | null;
  typedReason: TypedReasonFields | null;
  /**
   * The day that the form proposes as the end of the supporter's free access to letters, such as `2027-11-27`. The
   * colleague can change it.
   */
  seatUntil: string;
};

export function SupporterScreen(props: SupporterScreenProps) {
  const { locale, timeZone, record, timeline, isFirstPage, findHeadline, notice, revealed, typedReason, seatUntil } =
    props;
  const t = translator(locale);
  const path = `/newsroom/people/${record.id}`;
  return (
    <PeopleScreenFrame
      title={t("people.supporter.title", { id: lastCharactersOfId(record.id) })}
      facts={supporterSummary(t, record)}
      back={{ href: "/newsroom/people", label: t("people.back") }}
      notice={notice}
    >
      <Pending t={t} record={record} />
      <PeopleScreenSection id="gifts" title={t("people.gifts.title")}>
        <RecurringGiftList t={t} gifts={record.recurringGifts} />
      </PeopleScreenSection>
      <EmailAddressPart t={t} path={path} record={record} revealed={revealed} typedReason={typedReason} />
      <SupporterFreeSeatForm t={t} path={path} letters={record.letters} seatUntil={seatUntil} />
      <PeopleScreenSection id="timeline" title={t("people.timeline.title")}>
        <p className="newsroom-note">{t("people.timeline.note")}</p>
        <TimelineList
          t={t}
          path={path}
          timeline={timeline}
          isFirstPage={isFirstPage}
          timeZone={timeZone}
          findHeadline={findHeadline}
        />
      </PeopleScreenSection>
      {record.isErasing ? null : (
        <PeopleScreenSection id="erase" title={t("people.erase.title")}>
          <p className="newsroom-note">{t("people.erase.note")}</p>
          <p>
            <a href={`${path}/erase`}>{t("people.erase.open")}</a>
          </p>
        </PeopleScreenSection>
      )}
    </PeopleScreenFrame>
  );
}

export function supporterSummary(t: Translate, { since, kept, locale }: SupporterForStaff): string {
  const sums = kept.map(({ money }) => formatMoney(money, { locale: t.locale, alwaysDecimals: true }));
  const list = new Intl.ListFormat(t.locale).format(sums);
  const language = new Intl.DisplayNames(t.locale, { type: "language" }).of(locale) ?? locale;
  const count = kept.reduce((sum, { payments }) => sum + payments, 0);
  return t("people.supporter.facts", { since: formatDay(since, { locale: t.locale }), language, list, count });
}

function Pending({ t, record }: { t: Translate; record: SupporterForStaff }) {
  const { isErasing, mailStoppedAt, addressChange, id } = record;
  const day = (date: Date) => formatDay(date, { locale: t.locale });
  return (
    <>
      {isErasing ? (
        <Notice kind="bad" title={t("people.erasing.title")}>
          <p>{t("people.erasing.text")}</p>
        </Notice>
      ) : null}
      {mailStoppedAt ? (
        <Notice kind="bad" title={t("people.stopped.title", { day: day(mailStoppedAt) })}>
          <p>{t("people.stopped.text")}</p>
          <form method="post" action={`/newsroom/people/${id}/mail-stop`}>
            <Button kind="quiet">{t("people.stopped.lift")}</Button>
          </form>
        </Notice>
      ) : null}
      {addressChange ? (
        <Notice title={t("people.change-pending.title")}>
          <p>
            {t("people.change-pending.text", {
              isOldConfirmed: addressChange.isOldConfirmed ? "yes" : "no",
              isNewConfirmed: addressChange.isNewConfirmed ? "yes" : "no",
              day: day(addressChange.expiresAt),
            })}
          </p>
        </Notice>
      ) : null}
    </>
  );
}
