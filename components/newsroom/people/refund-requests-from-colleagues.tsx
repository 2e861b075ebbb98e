import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import {
  idOfRequestedObject,
  requestedAmount,
  type StaffRequest,
} from "@/domain/newsroom/people/requests-from-colleagues";
import { formatDateAndTime } from "../format-time";
import { refusalCodeText } from "../refusal-code-text";

type RefundRequestsProps = { t: Translate; requests: readonly StaffRequest[]; timeZone: string };

export function RefundRequestsFromColleagues({ t, requests, timeZone }: RefundRequestsProps) {
  return (
    <ul className="people-plain">
      {requests.map((request) => (
        <li key={request.id}>
          <time dateTime={request.askedAt.toISOString()}>
            {formatDateAndTime(t, { at: request.askedAt, timeZone })}
          </time>{" "}
          {t("people.requests.line", {
            amount: formatMoney(requestedAmount(request), { locale: t.locale, alwaysDecimals: true }),
            colleague: request.askedBy.slice(-6),
          })}{" "}
          {request.status === "waiting" ? (
            <a href={`/newsroom/refunds/${request.id}`}>{t("people.requests.waiting")}</a>
          ) : (
            refundRequestStatusText(t, request)
          )}
        </li>
      ))}
    </ul>
  );
}

export function refundRequestStatusText(t: Translate, { status, code }: StaffRequest): string {
  return t(`people.requests.${status as "done"}`, { code, reason: refusalCodeText(t, code ?? "unknown") });
}

export function WaitingRefundRequests({ t, requests, timeZone }: RefundRequestsProps) {
  if (requests.length === 0) return null;
  return (
    <div className="newsroom-waiting">
      <p>{t("people.queue.refunds", { count: requests.length })}</p>
      <ul>
        {requests.map((request) => (
          <li key={request.id}>
            <p>
              <a href={`/newsroom/refunds/${request.id}`}>
                {t("people.queue.refund", {
                  amount: formatMoney(requestedAmount(request), { locale: t.locale, alwaysDecimals: true }),
                })}
              </a>{" "}
              <time dateTime={request.askedAt.toISOString()}>
                {formatDateAndTime(t, { at: request.askedAt, timeZone })}
              </time>{" "}
              <code>{idOfRequestedObject(request.about)}</code>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
