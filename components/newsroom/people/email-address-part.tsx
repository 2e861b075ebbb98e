import type { Translate } from "@/content/messages";
import type { SupporterForStaff } from "@/domain/newsroom/people/supporter";
import { formatDay } from "../../site/format-day";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { PeopleScreenSection } from "./people-screen-frame";
import { ReasonFields, type TypedReasonFields } from "./reason-fields";

export type RevealedIdentity = { addresses: { address: string; isCurrent: boolean }[]; receiptName: string | null };

type AddressPartProps = {
  t: Translate;
  path: string;
  record: SupporterForStaff;
  revealed: RevealedIdentity | null;
  typedReason: TypedReasonFields | null;
};

export function EmailAddressPart({ t, path, record, revealed, typedReason }: AddressPartProps) {
  return (
    <PeopleScreenSection id="address" title={t("people.address.title")}>
      {revealed ? <RevealedAddress t={t} revealed={revealed} /> : <p>{sealedWords(t, record)}</p>}
      {revealed ? null : (
        <details className="people-details" open={typedReason !== null}>
          <summary>{t("people.reveal.open")}</summary>
          <form method="post" action={`${path}/reveal`} className="people-form">
            <p className="newsroom-note">{t("people.reveal.told")}</p>
            <ReasonFields t={t} purpose="reveal" typed={typedReason} id="reveal" />
            <Button kind="quiet">{t("people.reveal.submit")}</Button>
          </form>
        </details>
      )}
      <p className="people-links">
        <a href={`${path}/address`}>{t("people.correct.open")}</a>
        <a href={`${path}/merge`}>{t("people.merge.open")}</a>
      </p>
    </PeopleScreenSection>
  );
}

function sealedWords(t: Translate, { addresses, hasReceiptName }: SupporterForStaff): string {
  const current = addresses.filter(({ until }) => until === null);
  const since = current[0] ? formatDay(current[0].since, { locale: t.locale }) : "";
  const counts = { current: current.length, ended: addresses.length - current.length };
  return t("people.address.sealed", { ...counts, since, hasName: hasReceiptName ? "yes" : "no" });
}

function RevealedAddress({ t, revealed }: { t: Translate; revealed: RevealedIdentity }) {
  return (
    <Notice kind="info" title={t("people.revealed.title")}>
      <ul className="people-revealed">
        {revealed.addresses.map(({ address, isCurrent }) => (
          <li key={address}>
            <strong>{address}</strong> {isCurrent ? null : <small>{t("people.revealed.ended")}</small>}
          </li>
        ))}
        {revealed.receiptName ? <li>{t("people.revealed.name", { name: revealed.receiptName })}</li> : null}
      </ul>
      <p>{t("people.revealed.once")}</p>
    </Notice>
  );
}
