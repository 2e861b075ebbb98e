import type { ReactNode } from "react";
import { type Translate, translator } from "@/content/messages";
import type { NewsroomSectionName } from "@/domain/newsroom/staff/sections";
import { formatDateAndTime } from "./format-time";

type NewsroomPageProps = {
  locale: string;
  section: NewsroomSectionName;
  /** The section's title by default. */
  title?: string;
  now: Date;
  timeZone: string;
  children: ReactNode;
};

export function NewsroomPage({ locale, section, title, now, timeZone, children }: NewsroomPageProps) {
  const t = translator(locale);
  return (
    <div className="newsroom">
      <header className="newsroom-head">
        <h1>{title ?? sectionTitle(t, section)}</h1>
        <p>
          {t("newsroom.as-of", {
            time: formatDateAndTime(t, { at: now, timeZone, dateStyle: "full", timeStyle: "long" }),
          })}
        </p>
      </header>
      {children}
    </div>
  );
}

export function sectionTitle(t: Translate, section: NewsroomSectionName): string {
  return t(`newsroom.section.${section}`);
}
