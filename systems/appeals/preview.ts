// A preview shows staff an appeal as readers would see it, in one state of the page and one color scheme.
import type { AppealForReader } from "../../domain/appeal/reader-appeal";

export const PREVIEW_HEADER = "x-appeal-preview";

/**
 * The states: the closed banner, the open banner, the appeal at the end of the article, and the thanks that a supporter
 * sees instead of that appeal.
 */
export const PREVIEWED_PAGE_STATES = ["banner", "open", "end", "thanks"] as const;
export type PreviewedPageState = (typeof PREVIEWED_PAGE_STATES)[number];

export const PREVIEW_COLOR_SCHEMES = ["light", "dark"] as const;
export type PreviewColorScheme = (typeof PREVIEW_COLOR_SCHEMES)[number];

export type AppealPreview = { appeal: AppealForReader; locale: string; state: PreviewedPageState };
