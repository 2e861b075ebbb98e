// Shows no name and no e-mail address.
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import type { EvidenceDrafts } from "@/domain/newsroom/evidence/drafts";
import { type Evidence, isEvidenceEmpty } from "@/domain/newsroom/evidence/fields";
import { shortId } from "@/domain/newsroom/latest";
import { formatDay } from "../../site/format-day";
import { LinkButton } from "../../ui/button";
import { formatExactMoney } from "../people/payment-screen";
import { FactList, type NoticeText, PeoplePage, PeopleSection } from "../people/people-page";
import { type DisputeContext, formatDisputeTime } from "./dispute-desk";
import { EvidenceForm } from "./evidence-form";
import { EvidenceTexts } from "./evidence-texts";
import { DisputePhaseNotice } from "./fate-notice";
import { caseEventWords, timeInUtc } from "./proposal";

type DisputeScreenProps = {
  desk: DisputeContext;
  drafts: EvidenceDrafts;
  /** Generated from the database. */
  proposal: Evidence;
  stripeUrl: string | null;
  told: NoticeText | null;
};

export function DisputeScreen({ desk, drafts, proposal, stripeUrl, told }: DisputeScreenProps) {
  const { t, found } = desk;
  const isAsked = found.phase === "asked";
  return (
    <PeoplePage
      title={disputeTitle(desk)}
      facts={t("dispute.facts", {
        day: formatDay(found.openedAt, { locale: t.locale }),
        reason: t(`dispute.reason.${found.reason}`),
      })}
      back={{ href: "/newsroom/queue", label: t("dispute.back") }}
      told={told}
    >
      <DisputePhaseNotice desk={desk} />
      <PeopleSection id="payment" title={t("dispute.facts.title")}>
        <Facts desk={desk} stripeUrl={stripeUrl} />
      </PeopleSection>
      <PeopleSection id="history" title={t("dispute.history.title")}>
        <History desk={desk} />
      </PeopleSection>
      {isAsked ? <EvidenceForm desk={desk} drafts={drafts} proposal={proposal} /> : null}
      {isAsked ? (
        <PeopleSection id="accept" title={t("dispute.accept.title")}>
          <p className="dispute-text">{t("dispute.accept.text")}</p>
          <p>
            <LinkButton kind="quiet" href={`${disputePath(found.id)}/accept`}>
              {t("dispute.accept.open")}
            </LinkButton>
          </p>
        </PeopleSection>
      ) : (
        <Written desk={desk} drafts={drafts} />
      )}
      <Asks desk={desk} />
    </PeoplePage>
  );
}

export function disputeTitle({ t, found }: Pick<DisputeContext, "t" | "found">): string {
  return t(found.isInquiry ? "dispute.title-inquiry" : "dispute.title", { amount: formatExactMoney(t, found.money) });
}

function Facts({ desk: { t, found }, stripeUrl }: { desk: DisputeContext; stripeUrl: string | null }) {
  const { payment, gift, id } = found;
  const { supporterId } = payment.row;
  const paid = { amount: formatExactMoney(t, payment.money), day: formatDay(payment.paidAt, { locale: t.locale }) };
  return (
    <FactList
      facts={[
        [
          t("dispute.facts.payment"),
          <a key="payment" href={`/newsroom/payments/${payment.id}`}>
            {t("dispute.facts.payment-link", paid)}
          </a>,
        ],
        [t("dispute.facts.kept"), formatExactMoney(t, payment.kept)],
        [
          t("dispute.facts.gift"),
          gift ? (
            <a key="gift" href={`/newsroom/gifts/${gift.id}`}>
              {shortId(gift.id)}
            </a>
          ) : null,
        ],
        [
          t("dispute.facts.supporter"),
          supporterId ? (
            <a key="supporter" href={`/newsroom/people/${supporterId}`}>
              {shortId(supporterId)}
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

function History({ desk: { t, found } }: { desk: DisputeContext }) {
  return (
    <>
      <p className="newsroom-note">{t("dispute.history.note")}</p>
      <ol className="people-timeline">
        {found.events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be equal, and the list never changes
          <li key={index} className="people-event">
            <time dateTime={event.at.toISOString()}>{timeInUtc(t, event.at)}</time>
            <div>{caseEventWords(t, event)}</div>
          </li>
        ))}
      </ol>
    </>
  );
}

function Written({ desk, drafts: { shared } }: { desk: DisputeContext; drafts: EvidenceDrafts }) {
  const { t } = desk;
  const evidence = shared?.evidence;
  if (!evidence || isEvidenceEmpty(evidence)) return null;
  return (
    <PeopleSection id="written" title={t("dispute.sent.title")}>
      <p className="newsroom-note">{t("dispute.sent.note")}</p>
      <EvidenceTexts t={t} evidence={evidence} />
    </PeopleSection>
  );
}

const STATES = ["done", "asking", "unanswered"] as const;

function Asks({ desk }: { desk: DisputeContext }) {
  const { t, found, nameOf } = desk;
  if (found.requests.length === 0) return null;
  return (
    <PeopleSection id="asked" title={t("dispute.asks.title")}>
      <ul className="people-plain">
        {found.requests.map(({ id, kind, status, code, askedBy, askedAt }) => {
          const state = STATES.find((each) => each === status);
          return (
            <li key={id}>
              <time dateTime={askedAt.toISOString()}>{formatDisputeTime(desk, askedAt)}</time>{" "}
              {t("dispute.asks.line", { verb: kind.replace("dispute-", ""), who: nameOf(askedBy) })}{" "}
              {state
                ? t(`dispute.asks.${state}`)
                : t("dispute.asks.refused", { code: (code ?? status).replaceAll("_", " ") })}
            </li>
          );
        })}
      </ul>
    </PeopleSection>
  );
}
