import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { PaymentForStaff } from "@/domain/newsroom/people/payment";
import type { StaffActReason } from "@/domain/newsroom/people/reasons";
import { requestedAmount, type StaffRequest } from "@/domain/newsroom/people/requests-from-colleagues";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { formatDay } from "../../site/format-day";
import { Button } from "../../ui/button";
import { type NoticeContent, PeopleScreenFrame } from "./people-screen-frame";
import { previewRefund } from "./refund-preview";

type ConfirmRefundScreenProps = {
  t: Translate;
  request: StaffRequest;
  payment: PaymentForStaff;
  gift: OwnRecurringGift | null;
  /** True if this colleague requested the refund. Then another colleague must confirm it. */
  isOwn: boolean;
  notice: NoticeContent | null;
};

export function RefundRequestFromColleagueScreen({
  t,
  request,
  payment,
  gift,
  isOwn,
  notice,
}: ConfirmRefundScreenProps) {
  const money = requestedAmount(request);
  const { kept } = payment;
  const left = { ...kept, amountMinor: Math.max(0, kept.amountMinor - money.amountMinor) };
  const amount = formatMoneyWithDecimals(t.locale, money);
  const path = `/newsroom/refunds/${request.id}`;
  return (
    <PeopleScreenFrame
      title={t(isOwn ? "people.queue.refund" : "people.second.title", { amount })}
      back={{ href: `/newsroom/payments/${payment.id}`, label: t("people.second.payment") }}
      notice={notice}
    >
      <div className="people-preview">
        <p>{askedWords(t, request)}</p>
        {request.words ? <p>{t("people.second.words", { words: request.words })}</p> : null}
        {previewRefund(t, {
          payment,
          plan: { money, left, needsSecondPerson: true },
          gift,
          endsGift: request.endsGift,
        }).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {request.expiresAt ? (
          <p>{t("people.second.expires", { day: formatDay(request.expiresAt, { locale: t.locale }) })}</p>
        ) : null}
        {isOwn ? <p>{t("people.second.own")}</p> : null}
      </div>
      {request.status === "waiting" ? (
        <div className="people-choice">
          {isOwn ? null : (
            <form method="post" action={`${path}/confirm`}>
              <input type="hidden" name="shown" value={kept.amountMinor} />
              <Button>{t("people.second.confirm", { amount })}</Button>
            </form>
          )}
          <form method="post" action={`${path}/decline`}>
            <Button kind="quiet">{t(isOwn ? "people.second.withdraw" : "people.second.decline")}</Button>
          </form>
        </div>
      ) : null}
    </PeopleScreenFrame>
  );
}

function askedWords(t: Translate, { askedBy, askedAt, why }: StaffRequest): string {
  const day = formatDay(askedAt, { locale: t.locale });
  return t("people.second.asked", { colleague: askedBy.slice(-6), day, why: t(`people.why.${why as StaffActReason}`) });
}
