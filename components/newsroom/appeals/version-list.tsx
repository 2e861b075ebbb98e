import type { Translate } from "@/content/messages";
import type { AppealForStaff } from "@/domain/appeal/read-appeal";
import type { AppealVersionWithoutContent } from "@/domain/appeal/store/appeals";
import { Button } from "../../ui/button";
import {
  type AppealsTranslationContext,
  appealPartTitle,
  formatByWhom,
  formatTimeOnAppealPages,
} from "./appeals-words";

type AppealWithVersions = Pick<AppealForStaff, "id" | "versions" | "published" | "latest" | "state" | "lock">;

type VersionListProps = { context: AppealsTranslationContext; appeal: AppealWithVersions };

export function VersionList({ context, appeal }: VersionListProps) {
  const { t } = context;
  const { id, versions, published, latest, state, lock } = appeal;
  const mayGoBack = state !== "ended" && lock.kind !== "held";
  return (
    <section className="newsroom-part">
      <h2>{t("appeals.versions.title")}</h2>
      <ol className="appeal-versions" reversed>
        {versions.map((head) => (
          <li key={head.number}>
            <p>
              <a href={`/newsroom/appeals/${id}/versions/${head.number}`}>
                {t("appeals.versions.number", { number: head.number })}
              </a>{" "}
              {kindText(context, head)}
              {head.number === published ? (
                <strong> {t(state === "live" ? "appeals.versions.shown" : "appeals.versions.published")}</strong>
              ) : null}
            </p>
            <p className="newsroom-note">
              {formatTimeOnAppealPages(context, head.at)}, {formatByWhom(context, head.by)}
            </p>
            {mayGoBack && head.number !== latest ? <GoBack context={context} appeal={appeal} to={head.number} /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function kindText({ t }: AppealsTranslationContext, { kind, detail }: AppealVersionWithoutContent): string {
  if (kind === "copied") return t("appeals.versions.copied", { detail: detail ?? "" });
  if (kind === "rolled-back") return t("appeals.versions.rolled-back", { detail: detail ?? "" });
  if (kind !== "edited") return t("appeals.versions.first");
  return changeText(t, detail ?? "");
}

/** `detail`: as the version stores it, such as `goal`, `words/a/en`, `added b` or `removed b`. */
function changeText(t: Translate, detail: string): string {
  const [, change, variant = ""] = /^(added|removed) ([a-z])$/.exec(detail) ?? [];
  if (change === "added" || change === "removed")
    return t(`appeals.versions.${change}`, { variant: variant.toUpperCase() });
  const isPart = /^(words\/|presets$|quiet$|manners$|goal$)/.test(detail);
  return t("appeals.versions.edited", { detail: isPart ? appealPartTitle(t, detail) : detail });
}

function GoBack({
  context: { t },
  appeal,
  to,
}: {
  context: AppealsTranslationContext;
  appeal: AppealWithVersions;
  to: number;
}) {
  const isLive = appeal.state === "live";
  return (
    <details className="appeal-go-back">
      <summary>{t("appeals.versions.back", { number: to })}</summary>
      <form method="post" action={`/newsroom/appeals/${appeal.id}/roll-back`}>
        <input type="hidden" name="to" value={to} />
        <input type="hidden" name="seen" value={appeal.latest} />
        <p className="newsroom-note">{t(isLive ? "appeals.versions.back-live" : "appeals.versions.back-draft")}</p>
        <Button kind="quiet">{t("appeals.versions.back", { number: to })}</Button>
      </form>
    </details>
  );
}
