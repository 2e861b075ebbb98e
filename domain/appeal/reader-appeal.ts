// The appeal as a reader page shows it.
import type { AppealCopy } from "./appeal-copy";
import type { GoalProgress } from "./goal";
import type { Manners } from "./manners";
import type { PresetChoices } from "./preset-choices";

/** Only JSON values, because Next passes it to a page as JSON. */
export type ReaderAppeal = {
  /** Without an experiment, the page shows the first. */
  variants: [AppealCopy, ...AppealCopy[]];
  presets: PresetChoices;
  manners: Manners;
  quietSections: string[];
  progress: ReaderProgress | null;
};

/** `asOf` is a time in ISO 8601. */
export type ReaderProgress = Omit<GoalProgress, "asOf"> & { asOf: string };
