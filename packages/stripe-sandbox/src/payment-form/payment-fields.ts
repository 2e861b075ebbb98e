// Builds the fields of the offered payment methods. Without JavaScript all of them are visible, and only those of the
// chosen method are read.
import { type Html, html } from "../http/html";
import { fillPlaceholders } from "../locales/languages";
import type { OfferedPaymentMethodType } from "../resources/session-methods";
import { type FormState, inputField } from "./fields";
import { chosenPaymentMethodType } from "./method-details";

export type PaymentFieldsOptions = {
  offered: OfferedPaymentMethodType[];
  merchant: string;
};

export function paymentFields(form: FormState, { offered, merchant }: PaymentFieldsOptions): Html {
  const chosen = chosenPaymentMethodType(form.typed, offered);
  const isChoice = offered.length > 1;
  const parts = offered.map((type) => {
    const fields = type === "card" ? cardFields(form) : debitFields(form, merchant);
    const label = type === "card" ? form.messages.card : form.messages.sepaDebit;
    if (!isChoice) return fields;
    return html`<div class="method">
<label class="radio"><input type="radio" name="method" value="${type}"${type === chosen && html` checked`}> <span>${label}</span></label>
<div class="method-fields">${fields}</div>
</div>`;
  });
  return html`<fieldset><legend>${isChoice ? form.messages.method : labelOf(form, offered)}</legend>
${parts}
</fieldset>`;
}

function labelOf({ messages }: FormState, offered: OfferedPaymentMethodType[]): string {
  return offered[0] === "sepa_debit" ? messages.sepaDebit : messages.card;
}

function cardFields(form: FormState): Html {
  const { messages } = form;
  const input = (name: string, label: string, more: { attributes: Html; secret?: boolean }) =>
    inputField(form, { name, label, ...more });
  return html`${input("cardNumber", messages.cardNumber, { attributes: html`autocomplete="cc-number" inputmode="numeric" dir="ltr"`, secret: true })}
<div class="pair">
${input("cardExpiry", messages.cardExpiry, { attributes: html`autocomplete="cc-exp" inputmode="numeric" dir="ltr"` })}
${input("cardCvc", messages.cardCvc, { attributes: html`autocomplete="cc-csc" inputmode="numeric" dir="ltr"`, secret: true })}
</div>
${input("billingName", messages.billingName, { attributes: html`autocomplete="cc-name"` })}`;
}

function debitFields(form: FormState, merchant: string): Html {
  const { messages } = form;
  const unspelt = html`autocomplete="off" spellcheck="false" dir="ltr"`;
  return html`${inputField(form, { name: "iban", label: messages.iban, secret: true, attributes: unspelt })}
${inputField(form, { name: "accountHolder", label: messages.accountHolder, attributes: html`autocomplete="name"` })}
<p class="small">${fillPlaceholders(messages.mandate, { merchant })}</p>`;
}
