import type { ReactNode } from "react";
import type { MessageKey } from "@/content/messages";
import { MAX_EXPLAINED_AMOUNTS } from "@/domain/appeal/appeal-words";
import { defaultCurrencyOf } from "@/domain/publication";
import { currencyName } from "../../giving/currency-choice";
import { Field } from "../../ui/field";
import { TextArea } from "../../ui/text-area";
import type { AppealFieldsProps } from "./fields-props";

const AMOUNT_LINES = Array.from({ length: MAX_EXPLAINED_AMOUNTS }, (_, index) => index);

export function VariantTextFields(props: AppealFieldsProps) {
  const { t, context } = props;
  const currency = currencyName(defaultCurrencyOf(context.publication), t.locale);
  const line = (name: string) => <Line {...props} name={name} />;
  const area = (name: string, rows: number) => <Area {...props} name={name} rows={rows} />;
  return (
    <>
      <Group title={t("appeals.field.banner.title")}>
        {line("banner.headline")}
        {area("banner.text", 2)}
      </Group>
      <Group title={t("appeals.field.end.title")}>
        {line("headline")}
        <Area {...props} name="paragraphs" rows={14} hint={t("appeals.field.paragraphs-hint")} />
      </Group>
      <Group title={t("appeals.field.figure.title")} hint={t("appeals.field.figure.hint")}>
        {line("figure.number")}
        {area("figure.text", 3)}
      </Group>
      <Group title={t("appeals.field.amounts.title")} hint={t("appeals.field.amounts.hint", { currency })}>
        {AMOUNT_LINES.map((index) => (
          <AmountLine key={index} {...props} index={index} />
        ))}
      </Group>
      <Group title={t("appeals.field.signature.title")} hint={t("appeals.field.signature.hint")}>
        {line("signature.name")}
        {line("signature.role")}
      </Group>
      <Group title={t("appeals.field.give.title")}>
        {line("giveTitle")}
        {area("giveIntro", 3)}
      </Group>
    </>
  );
}

function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className="appeal-group">
      <legend>{title}</legend>
      {hint ? <p className="field-hint">{hint}</p> : null}
      {children}
    </fieldset>
  );
}

/**
 * Renders a field of one line. It has no `maxlength`: with that attribute the browser would cut off a long pasted text,
 * which the editor might not notice.
 */
function Line({ t, fields, errorOf, name }: AppealFieldsProps & { name: string }) {
  return (
    <Field
      id={name}
      name={name}
      label={t(`appeals.field.${name}` as MessageKey)}
      defaultValue={fields[name] ?? ""}
      error={errorOf(name)}
      autoComplete="off"
    />
  );
}

function Area({
  t,
  fields,
  errorOf,
  name,
  rows,
  hint,
}: AppealFieldsProps & { name: string; rows: number; hint?: string }) {
  return (
    <TextArea
      id={name}
      name={name}
      rows={rows}
      label={t(`appeals.field.${name}` as MessageKey)}
      hint={hint}
      defaultValue={fields[name] ?? ""}
      error={errorOf(name)}
    />
  );
}

function AmountLine({ t, fields, errorOf, index }: AppealFieldsProps & { index: number }) {
  const [amount, does] = [`amounts.${index}.amount`, `amounts.${index}.does`];
  return (
    <div className="appeal-amount-line">
      <Field
        id={amount}
        name={amount}
        label={t("appeals.field.amounts.amount", { line: index + 1 })}
        inputMode="decimal"
        defaultValue={fields[amount] ?? ""}
        error={errorOf(amount)}
        autoComplete="off"
      />
      <Field
        id={does}
        name={does}
        label={t("appeals.field.amounts.does")}
        defaultValue={fields[does] ?? ""}
        error={errorOf(does)}
        autoComplete="off"
      />
    </div>
  );
}
