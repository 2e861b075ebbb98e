/**
 * Says that a device was shown its variant of an experiment or, in the control group, would have seen the banner.
 * `exposedOn`: the day on which this first happened, in days since 1970 in UTC.
 */
export type ExperimentExposure = { experiment: string; arm: string; exposedOn: number };

const EXPERIMENT_ID = /^x_[0-9a-z]{8}$/;
const EXPOSURE = /^(x_[0-9a-z]{8})\.([0-9a-z_-]{1,40})\.(\d{5})$/;

export function isExperimentId(text: string): boolean {
  return EXPERIMENT_ID.test(text);
}

/** Returns the exposure as one word, for a form field and for Stripe's metadata. */
export function formatExposure({ experiment, arm, exposedOn }: ExperimentExposure): string {
  return `${experiment}.${arm}.${exposedOn}`;
}

export function parseExposure(text: string | null | undefined): ExperimentExposure | null {
  const [, experiment, arm, day] = EXPOSURE.exec(text ?? "") ?? [];
  return experiment && arm ? { experiment, arm, exposedOn: Number(day) } : null;
}

export function exposureColumns(exposure: ExperimentExposure | null | undefined) {
  return exposure ?? { experiment: null, arm: null, exposedOn: null };
}

export function exposureOf(row: { experiment: string | null; arm: string | null; exposedOn: number | null }) {
  const { experiment, arm, exposedOn } = row;
  return experiment !== null && arm !== null && exposedOn !== null ? { experiment, arm, exposedOn } : null;
}
