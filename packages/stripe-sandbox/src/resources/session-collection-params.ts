import { invalidRequest } from "../http/errors";
import type { ParsedParams } from "../http/params";
import { boolean, integer, list, object, oneOf, requiredParam, text } from "../http/params";

const LENGTHS = {
  default_value: text({ max: 255 }),
  maximum_length: integer({ min: 1, max: 255 }),
  minimum_length: integer({ min: 1, max: 255 }),
};

const OPTION = object({ label: requiredParam(text({ max: 100 })), value: requiredParam(text({ max: 100 })) });

const CUSTOM_FIELD = {
  key: requiredParam(text({ max: 200 })),
  label: requiredParam(object({ type: requiredParam(oneOf("custom")), custom: requiredParam(text({ max: 100 })) })),
  type: requiredParam(oneOf("dropdown", "numeric", "text")),
  optional: boolean(),
  dropdown: object({ options: list(requiredParam(OPTION), { max: 200 }), default_value: text({ max: 100 }) }),
  numeric: object(LENGTHS),
  text: object(LENGTHS),
};

const NAME = object({ enabled: requiredParam(boolean()), optional: boolean() });
const MESSAGE = object({ message: requiredParam(text({ max: 1200 })) });

export const CHECKOUT_DATA_COLLECTION_PARAMS = {
  billing_address_collection: oneOf("auto", "required"),
  consent_collection: object({
    payment_method_reuse_agreement: object({ position: requiredParam(oneOf("auto", "hidden")) }),
    promotions: oneOf("auto", "none"),
    terms_of_service: oneOf("none", "required"),
  }),
  custom_fields: list(requiredParam(object(CUSTOM_FIELD)), { max: 3 }),
  custom_text: object({
    after_submit: MESSAGE,
    shipping_address: MESSAGE,
    submit: MESSAGE,
    terms_of_service_acceptance: MESSAGE,
  }),
  customer_update: object({
    address: oneOf("auto", "never"),
    name: oneOf("auto", "never"),
    shipping: oneOf("auto", "never"),
  }),
  name_collection: object({ business: NAME, individual: NAME }),
  phone_number_collection: object({ enabled: requiredParam(boolean()) }),
};

export type CustomFieldParams = ParsedParams<typeof CUSTOM_FIELD>;

export function checkCustomFields(fields: CustomFieldParams[]): void {
  fields.forEach((field, index) => {
    const at = `custom_fields[${index}]`;
    if (!/^[a-zA-Z0-9]+$/.test(field.key))
      throw invalidRequest("Custom field keys must be alphanumeric.", { param: `${at}[key]` });
    if (fields.findIndex(({ key }) => key === field.key) !== index)
      throw invalidRequest(`Custom field keys must be unique; \`${field.key}\` is given twice.`, {
        param: `${at}[key]`,
      });
    checkDropdown(field, at);
  });
}

function checkDropdown({ type, dropdown }: CustomFieldParams, at: string): void {
  if (type !== "dropdown") return;
  const param = `${at}[dropdown][options]`;
  const options = dropdown?.options ?? [];
  if (options.length === 0)
    throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  if (options.some(({ value }) => !/^[a-zA-Z0-9]+$/.test(value)))
    throw invalidRequest("Dropdown option values must be alphanumeric.", { param });
  if (new Set(options.map(({ value }) => value)).size < options.length)
    throw invalidRequest("Dropdown option values must be unique.", { param });
  const preset = dropdown?.default_value;
  if (preset && !options.some(({ value }) => value === preset))
    throw invalidRequest("The default value must be one of the options.", { param: `${at}[dropdown][default_value]` });
}
