import { formatMoneyWithDecimals } from "@/domain/money";
// Shows no name and no e-mail address of the supporter, except in texts that a colleague typed.
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import type { SharedAndOwnUnsavedDrafts } from "@/domain/newsroom/evidence/drafts";
import { type DisputeEvidence, isEvidenceEmpty } from "@/domain/newsroom/evidence/fields";
import { lastCharactersOfId } from "@/domain/newsroom/latest";
import { formatDay } from "../../site/format-day";
import { LinkStyledAsButton } from "../../ui/button";
import { DescriptionList } from "../../ui/fact-list";
import { type NoticeContent, PeopleScreenFrame, PeopleScreenSection } from "../people/people-screen-frame";
import { refusalCodeText } from "../refusal-code-text";
import { type DisputeScreenContext, formatDisputeTime } from "./dispute-context";
import { DisputePhaseNotice } from "./dispute-phase-notice";
import { EvidenceTextsAndFiles } from "./evidence-facts";
import { EvidenceForm } from "./evidence-form";
import { caseEventText, formatTimeInUtc } from "./proposal";

type DisputeScreenProps = {
  context: DisputeScreenContext;
  drafts: SharedAndOwnUnsavedDrafts;
  /** Generated from the database. */
  proposal: DisputeEvidence;
  stripeUrl: string | null;
  notice: NoticeContent | null;
};

export function DisputeScreen({ context, drafts, proposal, stripeUrl, notice }: DisputeScreenProps) {
  const { t, disputeCase } = context;
  const isAsked = disputeCase.phase === "asked";
  return (
    <PeopleScreenFrame
      title={disputeTitle(context)}
      facts={t("dispute.facts", {
        day: formatDay(disputeCase.openedAt, { locale: t.locale }),
        reason: t(`dispute.reason.${disputeCase.reason}`),
      })}
      back={{ href: "/newsroom/queue", label: t("dispute.back") }}
      notice={notice}
    >
      <DisputePhaseNotice context={context} />
      <PeopleScreenSection id="payment" title={t("dispute.facts.title")}>
        <Facts context={context} stripeUrl={stripeUrl} />
      </PeopleScreenSection>
      <PeopleScreenSection id="history" title={t("dispute.history.title")}>
        <History context={context} />
      </PeopleScreenSection>
      {isAsked ? <EvidenceForm context={context} drafts={drafts} proposal={proposal} /> : null}
      {isAsked ? (
        <PeopleScreenSection id="accept" title={t("dispute.accept.title")}>
          <p className="dispute-text">{t("dispute.accept.text")}</p>
          <p>
            <LinkStyledAsButton kind="quiet" href={`${disputePath(disputeCase.id)}/accept`}>
              {t("dispute.accept.open")}
            </LinkStyledAsButton>
          </p>
        </PeopleScreenSection>
      ) : (
        <Written context={context} drafts={drafts} />
      )}
      <Asks context={context} />
    </PeopleScreenFrame>
  );
}

export function disputeTitle({ t, disputeCase }: Pick<DisputeScreenContext, "t" | "disputeCase">): string {
  return t(disputeCase.isInquiry ? "dispute.title-inquiry" : "dispute.title", {
    amount: formatMoneyWithDecimals(t.locale, disputeCase.money),
  });
}

function Facts({
  context: { t, disputeCase },
  stripeUrl,
}: {
  context: DisputeScreenContext;
  stripeUrl: string | null;
}) {
  const { payment, gift, id } = disputeCase;
  const { supporterId } = payment.row;
  const paid = {
    amount: formatMoneyWithDecimals(t.locale, payment.money),
    day: formatDay(payment.paidAt, { locale: t.locale }),
  };
  return (
    <DescriptionList
      className="people-list"
      facts={[
        [
          t("dispute.facts.payment"),
          <a key="payment" href={`/newsroom/payments/${payment.id}`}>
            {t("dispute.facts.payment-link", paid)}
          </a>,
        ],
        [t("dispute.facts.kept"), formatMoneyWithDecimals(t.locale, payment.kept)],
        [
          t("dispute.facts.gift"),
          gift ? (
            <a key="gift" href={`/newsroom/gifts/${gift.id}`}>
              {lastCharactersOfId(gift.id)}
            </a>
          ) : null,
        ],
        [
          t("dispute.facts.supporter"),
          supporterId ? (
            <a key="supporter" href={`/newsroom/people/${supporterId}`}>
              {lastCharactersOfId(supporterId)}
            </a>
          ) : null,
        ],
        [
          t("dispute.facts.id"),
          stripeUrl ? (
            <a key="stripe" href={stripeUrl} rel="noreferrer">
              {id}
            </a>
          ) : (
            id
          ),
        ],
      ]}
    />
  );
}

function History({ context: { t, disputeCase } }: { context: DisputeScreenContext }) {
  return (
    <>
      <p className="newsroom-note">{t("dispute.history.note")}</p>
      <ol className="people-timeline">
        {disputeCase.events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be equal, and the list never changes
          <li key={index} className="people-event">
            <time dateTime={event.at.toISOString()}>{formatTimeInUtc(t, event.at)}</time>
            <div>{caseEventText(t, event)}</div>
          </li>
        ))}
      </ol>
    </>
  );
}

function Written({
  context,
  drafts: { shared },
}: {
  context: DisputeScreenContext;
  drafts: SharedAndOwnUnsavedDrafts;
}) {
  const { t } = context;
  const evidence = shared?.evidence;
  if (!evidence || isEvidenceEmpty(evidence)) return null;
  return (
    <PeopleScreenSection id="written" title={t("dispute.sent.title")}>
      <p className="newsroom-note">{t("dispute.sent.note")}</p>
      <EvidenceTextsAndFiles t={t} evidence={evidence} />
    </PeopleScreenSection>
  );
}

const STATES = ["done", "asking", "unanswered"] as const;

function Asks({ context }: { context: DisputeScreenContext }) {
  const { t, disputeCase, nameOf } = context;
  if (disputeCase.requests.length === 0) return null;
  return (
    <PeopleScreenSection id="asked" title={t("dispute.asks.title")}>
      <ul className="people-plain">
        {disputeCase.requests.map(({ id, kind, status, code, askedBy, askedAt }) => {
          const state = STATES.find((each) => each === status);
          return (
            <li key={id}>
              <time dateTime={askedAt.toISOString()}>{formatDisputeTime(context, askedAt)}</time>{" "}
              {t("dispute.asks.line", { verb: kind.replace("dispute-", ""), who: nameOf(askedBy) })}{" "}
              {state
                ? t(`dispute.asks.${state}`)
                : t("dispute.asks.refused", { code: refusalCodeText(t, code ?? status) })}
            </li>
          );
        })}
      </ul>
    </PeopleScreenSection>
  );
}
