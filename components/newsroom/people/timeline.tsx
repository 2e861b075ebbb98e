import type { ReactNode } from "react";
import type { MessageKey, Translate } from "@/content/messages";
import { GIFT_CHANGE_KINDS_SHOWN_TO_STAFF } from "@/domain/ledger/fact";
import { MAIL_KINDS } from "@/domain/ledger/outbox";
import { formatMoney, type Money } from "@/domain/money";
import {
  formatTimelineCursor,
  type TimelineEvent,
  type TimelineEventsWithNextCursor,
} from "@/domain/newsroom/people/timeline";
import { STAFF_ACT_KINDS } from "@/domain/newsroom/staff/acts";
import { frequencyPhrase } from "../../giving/frequency-words";
import { formatDay } from "../../site/format-day";
import { declineReasonText } from "../decline-words";
import { formatDateAndTime } from "../format-time";
import { type FindArticleHeadline, headlineOrReplacement } from "../headline";

type TimelineProps = {
  t: Translate;
  path: string;
  timeline: TimelineEventsWithNextCursor;
  isFirstPage: boolean;
  timeZone: string;
  findHeadline: FindArticleHeadline;
};

export function TimelineList({ t, path, timeline, isFirstPage, timeZone, findHeadline }: TimelineProps) {
  const { events, next } = timeline;
  return (
    <>
      {events.length === 0 ? <p className="newsroom-empty">{t("people.timeline.empty")}</p> : null}
      <ol className="people-timeline">
        {events.map((event) => (
          <li key={event.key} className={`people-event people-event-${event.kind}`}>
            <time dateTime={event.at.toISOString()}>{formatDateAndTime(t, { at: event.at, timeZone })}</time>
            <div>{eventText(t, event, findHeadline)}</div>
          </li>
        ))}
      </ol>
      <p className="people-pages">
        {isFirstPage ? null : <a href={`${path}#timeline`}>{t("people.timeline.newest")}</a>}
        {next ? (
          <a href={`${path}?${new URLSearchParams({ before: formatTimelineCursor(next) })}#timeline`}>
            {t("people.timeline.older")}
          </a>
        ) : null}
      </p>
    </>
  );
}

function eventText(t: Translate, event: TimelineEvent, findHeadline: FindArticleHeadline): ReactNode {
  const amount = (money: Money) => formatMoney(money, { locale: t.locale, alwaysDecimals: true });
  switch (event.kind) {
    case "gift":
      return t("people.event.gift", {
        amount: amount(event.money),
        frequency: frequencyPhrase(t, event.frequency).toLowerCase(),
        article: headlineOrReplacement(t, { article: event.article, findHeadline }),
      });
    case "payment":
      return (
        <>
          <a href={`/newsroom/payments/${event.paymentId}`}>
            {t("people.event.payment", { amount: amount(event.money) })}
          </a>{" "}
          <small>
            {t(`newsroom.standing.${event.standing}`)}
            {event.standing === "partly-returned"
              ? `, ${t("people.event.kept", { amount: amount(event.kept) })}`
              : null}
          </small>
        </>
      );
    case "went-back":
      return (
        <>
          {t(`people.event.${event.what as "refund"}`, { amount: amount(positive(event.money)) })}{" "}
          <a href={`/newsroom/payments/${event.paymentId}`}>{t("people.event.its-payment")}</a>
        </>
      );
    case "failed-attempt":
      return <FailedAttempt t={t} {...event} />;
    case "mail":
      return t("people.event.mail", { mail: mailWords(t, event.mail), state: event.state });
    case "change":
      return <Change t={t} event={event} />;
    case "act":
      return <ActLine t={t} event={event} />;
  }
}

function positive({ amountMinor, currency }: Money): Money {
  return { amountMinor: Math.abs(amountMinor), currency };
}

type OfKind<Kind> = Extract<TimelineEvent, { kind: Kind }>;

function FailedAttempt({ t, money, code, nextAttemptAt }: { t: Translate } & OfKind<"failed-attempt">) {
  const next = nextAttemptAt ? formatDay(nextAttemptAt, { locale: t.locale }) : "";
  return (
    <>
      {t("people.event.failed", { amount: formatMoney(money, { locale: t.locale, alwaysDecimals: true }) })}{" "}
      <small>
        {declineReasonText(t, code)}
        {next ? `. ${t("people.event.failed-next", { day: next })}` : null}
      </small>
    </>
  );
}

/** Returns the stored name of an e-mail that only another version of the site sends. */
function mailWords(t: Translate, mail: string): string {
  const mailKind = MAIL_KINDS.find((each) => each === mail);
  return mailKind ? t(`people.mail.${mailKind}`) : mail;
}

function Change({ t, event }: { t: Translate; event: OfKind<"change"> }) {
  const { change, money, before, recurringGiftId } = event;
  const shownKind = GIFT_CHANGE_KINDS_SHOWN_TO_STAFF.find((each) => each === change.kind);
  const amount = (each: Money | null) => (each ? formatMoney(each, { locale: t.locale, alwaysDecimals: true }) : "");
  const values = { amount: amount(money), before: amount(before), hasBefore: before ? "yes" : "no" };
  const day = change.until ? formatDay(change.until, { locale: t.locale }) : "";
  const text = shownKind
    ? t(`people.change.${shownKind}`, { ...values, day, hasDay: day ? "yes" : "no" })
    : change.kind;
  return (
    <>
      {recurringGiftId ? <a href={`/newsroom/gifts/${recurringGiftId}`}>{text}</a> : text}{" "}
      <small>{t("people.change.by", { by: change.by ?? "unknown" })}</small>
    </>
  );
}

function ActLine({ t, event }: { t: Translate; event: OfKind<"act"> }) {
  const { act, after, words, by } = event;
  const kind = STAFF_ACT_KINDS.find((each) => each === act);
  const text = kind ? t(`newsroom.act.${kind}` as MessageKey) : act;
  const { amountMinor, currency } = (after ?? {}) as { amountMinor?: number; currency?: Money["currency"] };
  const amount =
    typeof amountMinor === "number" && currency
      ? formatMoney({ amountMinor, currency }, { locale: t.locale, alwaysDecimals: true })
      : null;
  return (
    <>
      {amount ? `${text}: ${amount}` : text}{" "}
      <small>
        {by === "site" ? t("people.event.by-site") : t("people.event.by-colleague", { colleague: by.slice(-6) })}
        {words ? `. ${t("people.event.words", { words })}` : null}
      </small>
    </>
  );
}
