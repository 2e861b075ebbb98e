import type { MessageKey } from "@/content/messages";
import type { AppealForStaff } from "@/domain/appeal/read-appeal";
import { localDateTimeAt } from "@/domain/calendar";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import type { AppealsTranslationContext } from "./appeals-words";

type PublishFormProps = {
  context: AppealsTranslationContext;
  appeal: AppealForStaff;
  flash: Record<string, unknown> | null;
};

export function PublishForm({ context, appeal, flash }: PublishFormProps) {
  const { t } = context;
  const { id, state, latest, published, lock } = appeal;
  const isNewest = published === latest;
  if (lock.kind === "held") return null;
  return (
    <section className="newsroom-part">
      <h2>{t("appeals.publish.title")}</h2>
      <p className="newsroom-note">
        {t(isNewest ? "appeals.publish.nothing" : "appeals.publish.text", { number: latest })}
      </p>
      <form className="appeal-fields" method="post" action={`/newsroom/appeals/${id}/publish`}>
        <input type="hidden" name="version" value={latest} />
        <Times context={context} appeal={appeal} flash={flash} />
        <Button kind={isNewest ? "quiet" : "primary"}>
          {isNewest ? t("appeals.publish.again") : t("appeals.publish.go", { number: latest })}
        </Button>
      </form>
      {state === "scheduled" ? (
        <form method="post" action={`/newsroom/appeals/${id}/withdraw`}>
          <Button kind="plain">{t("appeals.publish.withdraw")}</Button>
        </form>
      ) : null}
      {state === "live" ? (
        <details className="appeal-end-now">
          <summary>{t("appeals.end.summary")}</summary>
          <p className="newsroom-note">{t("appeals.end.text")}</p>
          <form method="post" action={`/newsroom/appeals/${id}/end`}>
            <Button kind="quiet">{t("appeals.end.go")}</Button>
          </form>
        </details>
      ) : null}
    </section>
  );
}

/** A live appeal has already started, so only its end can be chosen. */
function Times({ context: { t, timeZone }, appeal, flash }: PublishFormProps) {
  const clock = (at: Date | null) => (at ? localDateTimeAt(at, timeZone) : "");
  const typed = (name: "start" | "end", at: Date | null) =>
    typeof flash?.[name] === "string" ? flash[name] : clock(at);
  const errorAt = (name: string) =>
    flash?.field === name && (flash.refused === "not-a-time" || flash.refused === "end-before-start")
      ? t(`appeals.refused.${flash.refused}` as MessageKey)
      : undefined;
  return (
    <>
      {appeal.state === "live" ? null : (
        <Field
          id="start"
          name="start"
          type="datetime-local"
          label={t("appeals.publish.start")}
          hint={t("appeals.publish.start-hint", { zone: timeZone })}
          defaultValue={typed("start", appeal.startsAt)}
          error={errorAt("start")}
        />
      )}
      <Field
        id="end"
        name="end"
        type="datetime-local"
        label={t("appeals.publish.end")}
        hint={t("appeals.publish.end-hint", { zone: timeZone })}
        defaultValue={typed("end", appeal.endsAt)}
        error={errorAt("end")}
      />
    </>
  );
}
