// Declares the appeal that the server passes to a reader page.

import type { GoalProgress } from "./goal";
import type { LocalizedVariant } from "./localized-variant";
import type { Manners } from "./manners";
import type { AppealPresetAmounts } from "./preset-choices";

/** Contains only JSON values, because Next passes it to the page as JSON. */
export type AppealForReader = {
  /** The page shows the first variant, unless an experiment or the URL chooses another one. */
  variants: [LocalizedVariant, ...LocalizedVariant[]];
  presets: AppealPresetAmounts;
  manners: Manners;
  quietSections: string[];
  progress: GoalProgressForReader | null;
};

/** `asOf`: a time in ISO 8601. */
export type GoalProgressForReader = Omit<GoalProgress, "asOf"> & { asOf: string };
