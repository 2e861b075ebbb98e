import { StatementList } from "@/components/documents/statement-list";
import { AddressLookupsByStaffNotice } from "@/components/own-data/address-lookups-by-staff-notice";
import { OwnDataLinks } from "@/components/own-data/own-data-links";
import { AccountLine } from "@/components/supporters/account-line";
import { LetterDeliveryChoices } from "@/components/supporters/letter-delivery-choices";
import { LetterList } from "@/components/supporters/letter-list";
import { LettersLocked } from "@/components/supporters/letters-locked";
import { OverdueNotices } from "@/components/supporters/overdue-notice";
import { OwnPaymentsTable } from "@/components/supporters/own-payments-table";
import { RecurringGiftsSection } from "@/components/supporters/recurring-gifts-section";
import { TotalGiven } from "@/components/supporters/total-given";
import { translator } from "@/content/messages";
import { listAddressLookupsByStaff } from "@/domain/newsroom/people/lookups";
import { findLetterChoices } from "@/domain/supporters/letter-readers";
import { mayReadLetters } from "@/domain/supporters/letters";
import { listOwnPayments } from "@/domain/supporters/own-gifts";
import { listOwnRecurringGifts } from "@/domain/supporters/own-recurring-gifts";
import { listPaymentsWithEntries, statementYears } from "@/domain/supporters/statements";
import { publication } from "@/publication";
import { findMaskedEmail, requireSignedInUser } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { listPublishedLetters } from "@/systems/letters/published-letters";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("supporters.title");

export default async function SupporterAreaPage() {
  const viewer = await requireSignedInUser("/supporters");
  const { locale, supporterId } = viewer;
  const t = translator(locale);
  const db = await database();
  const now = currentTime();
  const isOpen = await mayReadLetters(db, viewer, now);
  const letters = listPublishedLetters(locale, now);
  const note = await readFlashMessage("/supporters");
  const gifts = supporterId ? await listOwnPayments(db, supporterId) : [];
  const payments = supporterId ? await listPaymentsWithEntries(db, supporterId) : [];
  const recurring = supporterId ? await listOwnRecurringGifts(db, supporterId) : [];
  return (
    <div className="page supporters">
      <header className="supporters-head">
        <h1>{isOpen ? t("supporters.title") : t("supporters.closed.title")}</h1>
        <TotalGiven locale={locale} ownPayments={gifts} />
        <AccountLine locale={locale} address={await findMaskedEmail(viewer)} choosesLanguage={supporterId !== null} />
      </header>
      <OverdueNotices locale={locale} gifts={recurring} />
      <AddressLookupsByStaffNotice
        locale={locale}
        lookups={supporterId ? await listAddressLookupsByStaff(db, supporterId) : []}
        now={now}
      />
      {isOpen ? (
        <section className="supporters-section" aria-labelledby="letters">
          <h2 id="letters">{t("supporters.letters")}</h2>
          <LetterList locale={locale} letters={letters} isOpen />
          <LetterDeliveryChoices
            locale={locale}
            choices={await findLetterChoices(db, viewer)}
            feedUrl={typeof note?.feed === "string" ? note.feed : null}
          />
        </section>
      ) : (
        <LettersLocked locale={locale} letters={letters} />
      )}
      {supporterId ? (
        <>
          <RecurringGiftsSection locale={locale} gifts={recurring} />
          <OwnPaymentsTable locale={locale} ownPayments={gifts} />
          <OwnDataLinks locale={locale} />
          <StatementList t={t} years={statementYears(payments, publication.timeZone)} />
        </>
      ) : null}
    </div>
  );
}
