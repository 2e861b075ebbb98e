// `npm run values`: run it after an update of the `stripe` package.
import Stripe from "stripe";
import { writeTypeDataFiles } from "./values";

writeTypeDataFiles(new Stripe("sk_test_none"));
