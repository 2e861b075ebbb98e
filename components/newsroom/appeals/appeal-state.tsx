import type { AppealListItem } from "@/domain/appeal/read-appeal";
import { type AppealsTranslationContext, formatByWhom, formatTimeOnAppealPages } from "./appeals-words";

export function AppealStateLine({ context, appeal }: { context: AppealsTranslationContext; appeal: AppealListItem }) {
  const { t } = context;
  const { state, since, startsAt, endsAt, isShown, hasUnpublishedChanges } = appeal;
  const facts = [
    t("appeals.since", { time: formatTimeOnAppealPages(context, since.at), by: formatByWhom(context, since.by) }),
    state === "scheduled" && startsAt ? t("appeals.starts", { time: formatTimeOnAppealPages(context, startsAt) }) : "",
    (state === "scheduled" || state === "live") && endsAt
      ? t("appeals.ends", { time: formatTimeOnAppealPages(context, endsAt) })
      : "",
  ];
  return (
    <div className="appeal-state">
      <p>
        <strong className="appeal-state-name" data-state={state}>
          {t(`appeals.state.${state}`)}
        </strong>{" "}
        {facts.filter(Boolean).join(" · ")}
      </p>
      {state === "live" ? (
        <p className="appeal-state-more">{t(isShown ? "appeals.shown" : "appeals.covered")}</p>
      ) : null}
      {hasUnpublishedChanges && state !== "ended" ? (
        <p className="appeal-state-more">{t("appeals.unpublished")}</p>
      ) : null}
    </div>
  );
}
