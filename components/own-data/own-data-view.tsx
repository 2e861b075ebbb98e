import { Button, LinkStyledAsButton } from "@/components/ui/button";
import { EmailField, Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import { OPTIONAL_MAIL_KINDS, type OptionalMailKind } from "@/domain/ledger/mail-choices";
import type { StaffLookupOfSupporterAddress } from "@/domain/newsroom/people/lookups";
import { MAX_RECEIPT_NAME_LENGTH, type ParseReceiptNameResult } from "@/domain/supporters/receipt-name";

import { LanguageButtons } from "../site/language-buttons";
import { listOtherLanguages } from "../site/other-languages";
import { LookupList } from "./lookup-list";

type Refusal = Extract<ParseReceiptNameResult, { kind: "refused" }>["reason"];
/** `name`: the saved name or, if a typed name was refused, the typed one. */
type OwnDataProps = {
  locale: string;
  name: string;
  /** True if the fonts of PDF receipts lack some letters of the saved name. */
  isMissingInPdf: boolean;
  refusal: Refusal | null;
  refusedMails: readonly OptionalMailKind[];
  address: AddressProps;
  lookups: readonly StaffLookupOfSupporterAddress[];
  done: Done | null;
};
/** `pending`: the new address, masked, while a change of address is open. Null otherwise. */
type AddressProps = { typed: string; refusal: AddressRefusal | null; pending: string | null };

export const ADDRESS_CHANGE_REFUSALS = ["not-an-address", "same", "often"] as const;
type AddressRefusal = (typeof ADDRESS_CHANGE_REFUSALS)[number];
export const OWN_DATA_CHANGE_KINDS = ["name", "name-gone", "address", "mails", "language"] as const;
type Done = (typeof OWN_DATA_CHANGE_KINDS)[number];

export function OwnDataView({ locale, refusedMails, address, lookups, done, ...own }: OwnDataProps) {
  const t = translator(locale);
  return (
    <div className="page page-narrow own-data-page">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <h1>{t("ownData.title")}</h1>
      {done ? <Notice kind="good" title={t(`ownData.done.${done}`)} /> : null}
      <Downloads t={t} />
      <ReceiptName t={t} {...own} />
      <Address t={t} {...address} />
      <Mails t={t} refused={refusedMails} />
      <Language t={t} />
      <Lookups t={t} lookups={lookups} />
      <section className="supporters-section" aria-labelledby="erase">
        <h2 id="erase">{t("ownData.erase-title")}</h2>
        <p>{t("ownData.erase-text")}</p>
        <LinkStyledAsButton kind="quiet" href="/supporters/erase">
          {t("ownData.erase-link")}
        </LinkStyledAsButton>
      </section>
    </div>
  );
}

function Downloads({ t }: { t: Translate }) {
  return (
    <section className="supporters-section" aria-labelledby="downloads">
      <h2 id="downloads">{t("ownData.download-title")}</h2>
      <p>{t("ownData.download-text")}</p>
      <div className="own-data-ways">
        <LinkStyledAsButton kind="quiet" href="/supporters/own-data/export.json" download>
          {t("ownData.download-json")}
        </LinkStyledAsButton>
        <LinkStyledAsButton kind="quiet" href="/supporters/own-data/export.csv" download>
          {t("ownData.download-csv")}
        </LinkStyledAsButton>
      </div>
    </section>
  );
}

type ReceiptNameProps = { t: Translate } & Pick<OwnDataProps, "name" | "isMissingInPdf" | "refusal">;

function ReceiptName({ t, name, isMissingInPdf, refusal }: ReceiptNameProps) {
  return (
    <section className="supporters-section" aria-labelledby="receipt-name">
      <h2 id="receipt-name">{t("ownData.name-title")}</h2>
      <p>{t("ownData.name-text")}</p>
      {isMissingInPdf ? <Notice title={t("ownData.name-not-in-pdf")} /> : null}
      <form className="own-data-form" method="post" action="/supporters/own-data/receipt-name">
        <Field
          id="name"
          name="name"
          label={t("ownData.name-label")}
          hint={t("ownData.name-hint")}
          error={refusal ? t(`ownData.name-refused.${refusal}`, { most: MAX_RECEIPT_NAME_LENGTH }) : null}
          defaultValue={name}
          maxLength={refusal ? undefined : MAX_RECEIPT_NAME_LENGTH}
          autoComplete="name"
        />
        <Button kind="quiet">{t("ownData.name-submit")}</Button>
      </form>
    </section>
  );
}

function Address({ t, typed, refusal, pending }: { t: Translate } & AddressProps) {
  return (
    <section className="supporters-section" id="address" aria-labelledby="address-title">
      <h2 id="address-title">{t("ownData.address-title")}</h2>
      <p>{t("ownData.address-text")}</p>
      {pending ? <Notice title={t("ownData.address-pending", { address: pending })} /> : null}
      <form className="own-data-form" method="post" action="/supporters/own-data/address">
        <EmailField
          id="email"
          name="email"
          label={t("ownData.address-label")}
          error={refusal ? t(`ownData.address-refused.${refusal}`) : null}
          defaultValue={typed}
        />
        <label className="own-data-check">
          <input type="checkbox" name="lost" value="yes" />
          <span>
            {t("ownData.address-lost")} <small>{t("ownData.address-lost-hint")}</small>
          </span>
        </label>
        <Button kind="quiet">{t("ownData.address-submit")}</Button>
      </form>
    </section>
  );
}

function Mails({ t, refused }: { t: Translate; refused: readonly OptionalMailKind[] }) {
  return (
    <section className="supporters-section" aria-labelledby="mails">
      <h2 id="mails">{t("ownData.mails-title")}</h2>
      <p>{t("ownData.mails-text")}</p>
      <form className="own-data-form" method="post" action="/supporters/own-data/mails">
        {OPTIONAL_MAIL_KINDS.map((kind) => (
          <label key={kind} className="own-data-check">
            <input type="checkbox" name={kind} value="yes" defaultChecked={!refused.includes(kind)} />
            <span>
              {t(`ownData.mails.${kind}`)} <small>{t(`ownData.mails.${kind}-hint`)}</small>
            </span>
          </label>
        ))}
        <Button kind="quiet">{t("ownData.mails-submit")}</Button>
      </form>
    </section>
  );
}

function Language({ t }: { t: Translate }) {
  if (listOtherLanguages(t.locale).length === 0) return null;
  return (
    <section className="supporters-section" id="language" aria-labelledby="language-title">
      <h2 id="language-title">{t("ownData.language-title")}</h2>
      <p>{t("ownData.language-text")}</p>
      <LanguageButtons
        locale={t.locale}
        kind="quiet"
        className="own-data-form"
        action="/supporters/own-data/language"
      />
    </section>
  );
}

function Lookups({ t, lookups }: { t: Translate; lookups: readonly StaffLookupOfSupporterAddress[] }) {
  return (
    <section className="supporters-section" aria-labelledby="lookups">
      <h2 id="lookups">{t("ownData.lookups-title")}</h2>
      <p>{t("ownData.lookups-text")}</p>
      {lookups.length > 0 ? <LookupList t={t} lookups={lookups} /> : <p>{t("ownData.lookups-none")}</p>}
    </section>
  );
}
