import { METADATA_PARAM } from "../http/metadata";
import { boolean, list, object, requiredParam, text, url } from "../http/params";

export const TAX_DETAILS_PARAM = object({ performance_location: text(), tax_code: text() });

/** `product_data` in the parameters of a price, or `product` in those of a plan. */
export const INLINE_PRODUCT_PARAMS = {
  active: boolean(),
  description: text(),
  id: text({ max: 255 }),
  images: list(requiredParam(url()), { max: 8 }),
  metadata: METADATA_PARAM,
  name: requiredParam(text({ max: 1500 })),
  statement_descriptor: text({ max: 22 }),
  tax_code: text(),
  tax_details: TAX_DETAILS_PARAM,
  unit_label: text({ max: 12 }),
};
