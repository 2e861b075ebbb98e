// The CSV of the data that a supporter can download. docs/own-data-format.md describes its columns and records.
import type { CsvTable } from "./document-content";
import type { DecimalAmount, OwnData, OwnDataRecurringGift, PaymentInOwnData } from "./own-data-format";

const COLUMNS = ["record", "id", "at", "what", "amount", "currency", "frequency", "standing", "about"];

/** Returns the data as one table, with one record per row. Cells that do not apply to a record are empty. */
export function ownDataTable(data: OwnData): CsvTable {
  const { you } = data;
  const rows = [
    row({ record: "file", id: `${data.format} ${data.version}`, at: data.takenAt, about: data.publication }),
    row({ record: "supporter", at: you.since, what: you.language, about: you.nameOnReceipts }),
    ...you.addresses.flatMap(addressRows),
    ...you.refusedMails.map(({ kind, refusedAt }) => row({ record: "refused-mail", at: refusedAt, what: kind })),
    ...addressChangeRows(you.addressChange),
    ...(you.erasureRequestedAt ? [row({ record: "erasure", at: you.erasureRequestedAt })] : []),
    ...data.recurringGifts.flatMap(recurringRows),
    ...data.payments.flatMap(paymentRows),
    ...data.failedPayments.map(({ at, recurringGift, amount, code }) =>
      row({ record: "failed-payment", at, what: code, amount, about: recurringGift }),
    ),
    ...data.mails.map(({ kind, queuedAt, sentAt }) => row({ record: "mail", at: queuedAt, what: kind, about: sentAt })),
    ...data.signIns.map(({ signedInOn, lastSeenOn }) => row({ record: "sign-in", at: signedInOn, about: lastSeenOn })),
    ...data.signInLinks.map(({ requestedAt, expiresAt }) =>
      row({ record: "sign-in-link", at: requestedAt, about: expiresAt }),
    ),
    ...data.reminders.map(reminderRow),
    ...data.letters.map(({ byMailSince, hasFeed }) =>
      row({ record: "letters", at: byMailSince, what: hasFeed ? "feed" : null }),
    ),
    ...data.freeSeats.map(({ givenAt, until, language }) =>
      row({ record: "free-seat", at: givenAt, what: language, about: until }),
    ),
    ...data.lookups.map(({ at, why, words }) => row({ record: "lookup", at, what: why, about: words })),
  ];
  return { columns: COLUMNS, rows };
}

function addressRows({ address, since, until, mailStoppedAt }: OwnData["you"]["addresses"][number]) {
  const standing = until === null ? "current" : "ended";
  return [
    row({ record: "address", id: address, at: since, standing, about: until }),
    ...(mailStoppedAt ? [row({ record: "mail-stop", id: address, at: mailStoppedAt })] : []),
  ];
}

function addressChangeRows(change: OwnData["you"]["addressChange"]) {
  if (!change) return [];
  const { newAddress: id, expiresAt, takesEffectAt, oldConfirmedAt, newConfirmedAt } = change;
  const record = "address-change";
  return [
    row({ record, id, at: takesEffectAt, what: "requested", about: expiresAt }),
    ...(oldConfirmedAt ? [row({ record, id, at: oldConfirmedAt, what: "old-confirmed" })] : []),
    ...(newConfirmedAt ? [row({ record, id, at: newConfirmedAt, what: "new-confirmed" })] : []),
  ];
}

function reminderRow(reminder: OwnData["reminders"][number]) {
  const { requestedAt, rhythm, amount, language, confirmedAt, nextAt } = reminder;
  const standing = confirmedAt === null ? "unconfirmed" : "confirmed";
  return row({
    ...{ record: "reminder", at: requestedAt, what: language, amount },
    ...{ frequency: rhythm, standing, about: nextAt },
  });
}

function recurringRows(gift: OwnDataRecurringGift) {
  const { stripeId: id, startedAt, amount, coveredFee, frequency, standing, article } = gift;
  return [
    row({ record: "recurring-gift", id, at: startedAt, amount, frequency, standing, about: article }),
    ...(coveredFee ? [row({ record: "covered-fee", id, amount: coveredFee })] : []),
    ...gift.changes.map((change) =>
      row({
        record: "recurring-change",
        id,
        at: change.at,
        what: change.what,
        amount: change.amount,
        about: change.reason,
      }),
    ),
  ];
}

function paymentRows(payment: PaymentInOwnData) {
  const { receiptNumber: id, paidAt, amount, coveredFee, frequency, standing, recurringGift, article } = payment;
  return [
    row({ record: "payment", id, at: paidAt, what: recurringGift, amount, frequency, standing, about: article }),
    ...(coveredFee ? [row({ record: "covered-fee", id, at: paidAt, amount: coveredFee })] : []),
    ...payment.amendments.map((each) =>
      row({ record: "amendment", id, at: each.at, what: each.what, amount: each.amount }),
    ),
    ...payment.disputes.map(({ stripeId, openedAt, amount, reason, status, answerBy }) =>
      row({
        ...{ record: "dispute", id: stripeId, at: openedAt, what: reason },
        ...{ amount, standing: status, about: answerBy },
      }),
    ),
    ...messageRows(payment),
  ];
}

function messageRows({ receiptNumber: id, message }: PaymentInOwnData) {
  if (!message) return [];
  const { at, status: standing } = message;
  const texts = Object.entries(message.words ?? {}).filter(([, text]) => text !== "");
  return texts.map(([what, about]) => row({ record: "message", id, at, what, standing, about }));
}

type Cells = { record: string; amount?: DecimalAmount | null } & Partial<
  Record<"id" | "at" | "what" | "frequency" | "standing" | "about", string | null>
>;

function row({ record, id, at, what, amount, frequency, standing, about }: Cells): CsvTable["rows"][number] {
  const figure = amount ? { decimal: amount.amount } : "";
  const words = [frequency, standing, about].map((cell) => cell ?? "");
  return [record, id ?? "", at ?? "", what ?? "", figure, amount?.currency ?? "", ...words];
}
