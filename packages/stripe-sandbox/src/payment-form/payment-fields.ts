// Payment fields of a form: a choice of methods, if there are several, with the fields of each. Without JavaScript all
// fields are visible, and only those of the chosen method count.
import { type Html, html } from "../http/html";
import type { OfferedMethod } from "../resources/session-methods";
import { fill } from "../words/languages";
import { type Form, inputField } from "./fields";
import { chosenMethod } from "./means";

export interface SavedMethod {
  id: string;
  label: string;
}

export interface PaymentChoice {
  offered: OfferedMethod[];
  merchant: string;
}

export function paymentFields(form: Form, { offered, merchant }: PaymentChoice): Html {
  const chosen = chosenMethod(form.typed, offered);
  const isChoice = offered.length > 1;
  const parts = offered.map((type) => {
    const fields = type === "card" ? cardFields(form) : debitFields(form, merchant);
    const label = type === "card" ? form.words.card : form.words.sepaDebit;
    if (!isChoice) return fields;
    return html`<div class="method">
<label class="radio"><input type="radio" name="method" value="${type}"${type === chosen && html` checked`}> <span>${label}</span></label>
<div class="method-fields">${fields}</div>
</div>`;
  });
  return html`<fieldset><legend>${isChoice ? form.words.method : labelOf(form, offered)}</legend>
${parts}
</fieldset>`;
}

function labelOf({ words }: Form, offered: OfferedMethod[]): string {
  return offered[0] === "sepa_debit" ? words.sepaDebit : words.card;
}

function cardFields(form: Form): Html {
  const { words } = form;
  const input = (name: string, label: string, attributes: Html, secret = false) =>
    inputField(form, { name, label, secret, attributes });
  return html`${input("cardNumber", words.cardNumber, html`autocomplete="cc-number" inputmode="numeric" dir="ltr"`, true)}
<div class="pair">
${input("cardExpiry", words.cardExpiry, html`autocomplete="cc-exp" inputmode="numeric" dir="ltr"`)}
${input("cardCvc", words.cardCvc, html`autocomplete="cc-csc" inputmode="numeric" dir="ltr"`, true)}
</div>
${input("billingName", words.billingName, html`autocomplete="cc-name"`)}`;
}

function debitFields(form: Form, merchant: string): Html {
  const { words } = form;
  const unspelt = html`autocomplete="off" spellcheck="false" dir="ltr"`;
  return html`${inputField(form, { name: "iban", label: words.iban, secret: true, attributes: unspelt })}
${inputField(form, { name: "accountHolder", label: words.accountHolder, attributes: html`autocomplete="name"` })}
<p class="small">${fill(words.mandate, { merchant })}</p>`;
}
