// `npm run values` writes stripe-values.json and stripe-fields.json. Run it after an update of the `stripe` package.
import Stripe from "stripe";
import { writeTypeDataFiles } from "./values";

writeTypeDataFiles(new Stripe("sk_test_none"));
