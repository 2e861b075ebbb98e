import { formatMoneyWithDecimals, settledMoneyOf } from "@/domain/money";
// The newsroom's page about a payment. It shows neither the supporter's name nor their e-mail address.

import { type Translate, translator } from "@/content/messages";
import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import type { PaymentForStaff } from "@/domain/newsroom/people/payment";
import { whyNotRefundable } from "@/domain/newsroom/people/refund";
import { frequencyPhrase } from "../../giving/frequency-words";
import { formatDay } from "../../site/format-day";
import { Button, LinkStyledAsButton } from "../../ui/button";
import { DescriptionList } from "../../ui/fact-list";
import { ScrollTable } from "../../ui/scroll-table";
import { disputeReasonLabel, disputeStatusLabel } from "../dispute-words";
import { formatDateAndTime } from "../format-time";
import { type FindArticleHeadline, headlineOrReplacement } from "../headline";
import { type NoticeContent, PeopleScreenFrame, PeopleScreenSection } from "./people-screen-frame";
import { RefundRequestsFromColleagues } from "./refund-requests-from-colleagues";

type PaymentScreenProps = {
  locale: string;
  timeZone: string;
  payment: PaymentForStaff;
  /** Null if Stripe has no object for the payment. */
  stripeUrl: string | null;
  findHeadline: FindArticleHeadline;
  notice: NoticeContent | null;
};

export function PaymentScreen({ locale, timeZone, payment, stripeUrl, findHeadline, notice }: PaymentScreenProps) {
  const t = translator(locale);
  const { row, requests } = payment;
  return (
    <PeopleScreenFrame
      title={t("people.payment.title", { amount: formatMoneyWithDecimals(t.locale, payment.money) })}
      facts={t("people.payment.facts", {
        time: formatDateAndTime(t, { at: payment.paidAt, timeZone }),
        standing: t(`newsroom.standing.${payment.standing}`),
      })}
      back={
        row.supporterId
          ? { href: `/newsroom/people/${row.supporterId}`, label: t("people.to-supporter") }
          : { href: "/newsroom/people", label: t("people.back") }
      }
      notice={notice}
    >
      <Facts t={t} payment={payment} stripeUrl={stripeUrl} findHeadline={findHeadline} />
      <PeopleScreenSection id="actions" title={t("people.payment.actions")}>
        <Actions t={t} payment={payment} />
      </PeopleScreenSection>
      {requests.length > 0 ? (
        <PeopleScreenSection id="requests" title={t("people.requests.title")}>
          <RefundRequestsFromColleagues t={t} requests={requests} timeZone={timeZone} />
        </PeopleScreenSection>
      ) : null}
      <PeopleScreenSection id="entries" title={t("people.entries.title")}>
        <Entries t={t} payment={payment} timeZone={timeZone} />
      </PeopleScreenSection>
      <PeopleScreenSection id="balance" title={t("people.balance.title")}>
        <Balance t={t} payment={payment} timeZone={timeZone} />
      </PeopleScreenSection>
      <Disputes t={t} payment={payment} />
    </PeopleScreenFrame>
  );
}

type PartProps = { t: Translate; payment: PaymentForStaff };

function Facts({
  t,
  payment,
  stripeUrl,
  findHeadline,
}: PartProps & Pick<PaymentScreenProps, "stripeUrl" | "findHeadline">) {
  const { row, kept, coveredFee, frequency, id, balanceEntries } = payment;
  const gift = row.recurringGiftId;
  const stripeId = row.paymentIntentId ?? row.invoiceId ?? row.chargeId;
  return (
    <DescriptionList
      className="people-list"
      facts={[
        [t("people.payment.kept"), formatMoneyWithDecimals(t.locale, kept)],
        [t("people.payment.covered-fee"), coveredFee && formatMoneyWithDecimals(t.locale, coveredFee)],
        [
          t("people.payment.fee"),
          balanceEntries.map(({ fee }) => fee).some(({ amountMinor }) => amountMinor !== 0) && feeOf(t, payment),
        ],
        [t("people.payment.number"), <code key="number">{shownReceiptNumber(id)}</code>],
        [
          t("newsroom.latest.frequency"),
          gift ? (
            <a key="gift" href={`/newsroom/gifts/${gift}`}>
              {frequencyPhrase(t, frequency)}
            </a>
          ) : (
            frequencyPhrase(t, frequency)
          ),
        ],
        [t("newsroom.latest.article"), headlineOrReplacement(t, { article: row.article, findHeadline })],
        [t("newsroom.latest.supporter"), <Supporter key="supporter" t={t} payment={payment} />],
        [
          t("people.at-stripe"),
          stripeUrl ? (
            <a key="stripe" href={stripeUrl} rel="noreferrer">
              {stripeId}
            </a>
          ) : (
            stripeId
          ),
        ],
      ]}
    />
  );
}

function Supporter({ t, payment: { row } }: PartProps) {
  const { supporterId, erasedAt } = row;
  if (supporterId) return <a href={`/newsroom/people/${supporterId}`}>{lastCharactersOfId(supporterId)}</a>;
  return t(erasedAt ? "people.payment.erased" : "newsroom.latest.unknown");
}

/** Returns the fees of all balance entries of the payment, added up per settlement currency. */
function feeOf(t: Translate, { balanceEntries }: PaymentForStaff): string {
  const sums = new Map<string, number>();
  for (const { fee } of balanceEntries) sums.set(fee.currency, (sums.get(fee.currency) ?? 0) + fee.amountMinor);
  return [...sums]
    .map(([currency, amountMinor]) => formatMoneyWithDecimals(t.locale, { currency, amountMinor }))
    .join(", ");
}

function Actions({ t, payment }: PartProps) {
  const { id, row, requests } = payment;
  const path = `/newsroom/payments/${id}`;
  const block = whyNotRefundable(row);
  const isOpen = requests.some(({ openAbout }) => openAbout !== null);
  return (
    <div className="people-verbs">
      {block || isOpen ? (
        <p className="newsroom-note">
          {t(isOpen ? "people.refund.open" : `people.refund.not.${block ?? "nothing-kept"}`)}
        </p>
      ) : (
        <p>
          <LinkStyledAsButton kind="quiet" href={`${path}/refund`}>
            {t("people.refund.open-form")}
          </LinkStyledAsButton>
        </p>
      )}
      {row.status === "succeeded" ? (
        <p className="people-links">
          <a href={`${path}/receipt.pdf`}>{t("people.receipt.pdf")}</a>
        </p>
      ) : null}
      {row.status === "succeeded" && row.supporterId ? (
        <form method="post" action={`${path}/receipt`} className="people-form">
          <input type="hidden" name="request" value={crypto.randomUUID()} />
          <Button kind="quiet">{t("people.receipt.send")}</Button>
          <p className="newsroom-note">{t("people.receipt.send-note")}</p>
        </form>
      ) : null}
    </div>
  );
}

type BooksProps = PartProps & { timeZone: string };

function Entries({ t, payment, timeZone }: BooksProps) {
  const { entries, row } = payment;
  if (entries.length === 0) return <p className="newsroom-empty">{t("people.entries.none")}</p>;
  return (
    <ScrollTable className="table-stacked" labelledBy="entries">
      <thead>
        <tr>
          <th scope="col">{t("newsroom.latest.time")}</th>
          <th scope="col">{t("people.entries.what")}</th>
          <th scope="col" className="figure">
            {t("newsroom.latest.amount")}
          </th>
          <th scope="col">{t("people.entries.key")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ key, kind, amountMinor, occurredAt }) => (
          <tr key={key}>
            <th scope="row" className="nowrap">
              {formatDateAndTime(t, { at: occurredAt, timeZone })}
            </th>
            <td data-label={t("people.entries.what")}>{t(`people.entry.${kind as "refund"}`)}</td>
            <td className="figure" data-label={t("newsroom.latest.amount")}>
              {formatMoneyWithDecimals(t.locale, settledMoneyOf(amountMinor, row.currency))}
            </td>
            <td data-label={t("people.entries.key")}>
              <code>{key}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Balance({ t, payment, timeZone }: BooksProps) {
  if (payment.balanceEntries.length === 0) return <p className="newsroom-empty">{t("people.balance.none")}</p>;
  return (
    <ScrollTable className="table-stacked" labelledBy="balance">
      <thead>
        <tr>
          <th scope="col">{t("newsroom.latest.time")}</th>
          <th scope="col">{t("people.entries.what")}</th>
          {(["gross", "fee", "net"] as const).map((name) => (
            <th key={name} scope="col" className="figure">
              {t(`people.balance.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {payment.balanceEntries.map(({ id, kind, at, ...sums }) => (
          <tr key={id}>
            <th scope="row" className="nowrap">
              {formatDateAndTime(t, { at, timeZone })}
            </th>
            <td data-label={t("people.entries.what")}>{t(`people.entry.${kind as "refund"}`)}</td>
            {(["gross", "fee", "net"] as const).map((name) => (
              <td key={name} className="figure" data-label={t(`people.balance.${name}`)}>
                {formatMoneyWithDecimals(t.locale, sums[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Disputes({ t, payment }: PartProps) {
  const { disputes } = payment;
  if (disputes.length === 0) return null;
  return (
    <PeopleScreenSection id="disputes" title={t("newsroom.disputes.title")}>
      <ul className="people-plain">
        {disputes.map(({ id, status, reason, amountMinor, currency, openedAt }) => (
          <li key={id}>
            {t("people.dispute", {
              amount: formatMoneyWithDecimals(t.locale, settledMoneyOf(amountMinor, currency)),
              day: formatDay(openedAt, { locale: t.locale }),
              reason: disputeReasonLabel(t, reason),
              status: disputeStatusLabel(t, status),
            })}{" "}
            <a href={disputePath(id)}>
              <code>{id}</code>
            </a>
          </li>
        ))}
      </ul>
    </PeopleScreenSection>
  );
}
