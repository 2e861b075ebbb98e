import { type Html, html } from "../http/html";
import type { Messages } from "../locales/en";
import type { FieldErrors, SubmittedFields } from "./read-form";

export type FormState = {
  messages: Messages;
  typed: SubmittedFields;
  reasons: FieldErrors;
};

type Field = {
  name: string;
  label: string;
  attributes?: Html;
  optional?: boolean;
  preset?: string | null;
  /** True for a field such as the card number: the page never contains what the payer typed into it. */
  secret?: boolean;
};

export function inputField(form: FormState, { name, label, attributes, optional, preset, secret }: Field): Html {
  const value = secret ? "" : (form.typed[name] ?? preset ?? "");
  return html`<div class="field" data-field="${name}">
<label for="${name}">${label}${optional && html` <span class="optional">(${form.messages.optional})</span>`}</label>
<input id="${name}" name="${name}" value="${value}"${!optional && html` required`} ${attributes}${invalidity(form, name)}>
${reasonOf(form, name)}
</div>`;
}

type Choice = Field & {
  options: { value: string; label: string }[];
};

export function selectField(form: FormState, { name, label, attributes, optional, preset, options }: Choice): Html {
  const chosen = form.typed[name] ?? preset ?? "";
  const items = options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === chosen && html` selected`}>${option.label}</option>`,
  );
  return html`<div class="field" data-field="${name}">
<label for="${name}">${label}${optional && html` <span class="optional">(${form.messages.optional})</span>`}</label>
<select id="${name}" name="${name}"${!optional && html` required`} ${attributes}${invalidity(form, name)}>${items}</select>
${reasonOf(form, name)}
</div>`;
}

export function checkboxField(form: FormState, { name, label, optional = true }: Field): Html {
  return html`<div class="field check" data-field="${name}">
<label for="${name}"><input type="checkbox" id="${name}" name="${name}" value="true"${form.typed[name] === "true" && html` checked`}${!optional && html` required`}${invalidity(form, name)}> <span>${label}</span></label>
${reasonOf(form, name)}
</div>`;
}

function invalidity({ reasons }: FormState, name: string) {
  const isFirst = Object.keys(reasons)[0] === name;
  return reasons[name] && html` aria-invalid="true" aria-describedby="${name}-error"${isFirst && html` autofocus`}`;
}

/**
 * Returns the element that shows the field's error. Without an error, the element is hidden. The page's script can
 * write an error into it when the field loses focus.
 */
function reasonOf({ reasons, messages }: FormState, name: string) {
  const reason = reasons[name];
  return html`<p class="error" id="${name}-error"${!reason && html` hidden`}>${reason && messages.errors[reason]}</p>`;
}
